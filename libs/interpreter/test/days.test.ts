import assert from 'node:assert/strict'
import { test } from 'node:test'
import { outcomeOf } from './outcome.ts'
import { createConversation, createWorld, task } from './world.ts'

/** In Berlin on Saturday, 21 November 2026 at 11:00; reminded of days at 07:30. */
const start = () =>
  createWorld(
    [
      task('Pay rent', { due_on: '2026-11-20' }),
      task('Water plants', { due_on: '2026-11-21' }),
      task('Vote', { due_on: '2026-11-29' }),
      task('Dentist', {
        due_date: '2026-11-25T13:30:00Z',
        reminders: [{ id: 'r1', type: 'before', offset: 'PT1H', at: '2026-11-25T12:30:00Z', state: 'pending' }],
      }),
      task('Trash', { due_on: '2026-11-24', recurrence_rule: 'weekly' }),
      task('Call mom'),
    ],
    { reminder_time: '07:30' },
  )

const say = async (...texts: string[]) => {
  const world = start()
  const conversation = createConversation(world)
  let answer = ''
  let from = 0
  for (const text of texts) {
    from = world.calls.length
    answer = await conversation(text)
  }
  return { answer, outcome: outcomeOf(world.calls.slice(from), answer, 'Europe/Berlin'), world }
}

test('tasks that are due on a day are shown with it, and are overdue when it is over', async () => {
  const { answer } = await say('show my tasks')
  assert.match(answer, /“Pay rent”, Fri 20 Nov \(overdue\)/)
  assert.match(answer, /“Water plants”, Sat 21 Nov$/m)
  assert.match(answer, /“Trash”, Tue 24 Nov \(repeats\)/)
  assert.match(answer, /“Dentist”, Wed 25 Nov, 14:30$/m)
  assert.match((await say('list recurring tasks')).answer, /“Trash”, next on Tue 24 Nov$/m)
  assert.match((await say('preview every friday')).answer, /^- Fri 27 Nov$/m)
})

test('a day without a time is added as a day, also of a series', async () => {
  const { world, answer } = await say('add buy milk tomorrow')
  assert.deepEqual(world.calls.at(-1)!.input.tasks, [
    { title: 'buy milk', time_zone: 'Europe/Berlin', due_date: '2026-11-22' },
  ])
  assert.match(answer, /I added “buy milk”, Sun 22 Nov\./)
  assert.equal((await say('add gym every monday')).outcome, 'add gym @2026-11-23 FREQ=WEEKLY;BYDAY=MO')
  assert.equal((await say('remind me to call Bob tomorrow')).outcome, 'add call Bob @2026-11-22 remind before PT0S')
  assert.equal((await say('remind me to call Bob', 'tomorrow')).outcome, 'add call Bob @2026-11-22 remind before PT0S')
})

test('a move to a day keeps the time of a task that has one; a move to a time keeps the day', async () => {
  const rows: [text: string, outcome: string, answer?: RegExp][] = [
    ['move vote to friday', 'move Vote @2026-11-27', /I moved “Vote” to Fri 27 Nov\./],
    ['move vote to 15:00', 'move Vote @2026-11-29T15:00', /to Sun 29 Nov, 15:00\./],
    ['move call mom to friday', 'move Call mom @2026-11-27'],
    ['move dentist to friday', 'move Dentist @2026-11-27T14:30'],
    ['push vote by 2 days', 'move Vote @2026-12-01'],
    ['bring vote forward by 1 week', 'move Vote @2026-11-22'],
    ['push vote by 2 hours', 'says: “Vote” is due on a day, without a time.'],
    ['bring vote forward by 2 weeks', 'says: That would lie in the past, so I changed nothing.'],
    ['move vote to today', 'move Vote @2026-11-21'],
    ['remove the due date of vote', 'move Vote @never'],
    ['repeat vote every monday', 'repeat Vote FREQ=WEEKLY;BYDAY=MO x1 @2026-11-23'],
    ['repeat vote weekly', 'repeat Vote weekly x1'],
  ]
  for (const [text, outcome, expected] of rows) {
    const said = await say(text)
    assert.deepEqual([text, said.outcome], [text, outcome])
    if (expected) assert.match(said.answer, expected)
  }
})

test('reminders of a day come at the reminder time of the user', async () => {
  const rows: [text: string, outcome: string][] = [
    ['remind me about vote on friday', 'remind of Vote at 2026-11-27T07:30'],
    ['remind me about vote 1 day before', 'remind of Vote before P1D'],
    ['remind me about vote today', 'says: That time has passed, so I changed nothing.'],
    ['snooze dentist until monday', 'snooze Dentist 2026-11-23T07:30'],
  ]
  for (const [text, outcome] of rows) assert.deepEqual([text, (await say(text)).outcome], [text, outcome])
})
