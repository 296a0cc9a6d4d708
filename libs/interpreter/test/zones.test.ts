import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createInterpreter } from '../src/index.ts'
import { createHome } from './home.ts'
import { outcomeOf } from './outcome.ts'
import { createConversation } from './world.ts'

const say = async (text: string, now: string, time_zone: string, locale = 'en') => {
  const world = createHome({ now, time_zone, locale })
  const answer = await createConversation(world)(text)
  return { calls: world.calls, outcome: outcomeOf(world.calls, answer, time_zone), answer }
}

test('days and times are in the zone of the user', async () => {
  const rows: [text: string, now: string, time_zone: string, outcome: string][] = [
    // 23:30 in Karachi, 18:30 UTC.
    ['add x tomorrow at 9', '2026-11-21T18:30:00Z', 'Asia/Karachi', 'add x @2026-11-22T09:00'],
    ['add x tomorrow at 9', '2026-11-21T19:30:00Z', 'Asia/Karachi', 'add x @2026-11-23T09:00'],
    [
      "what's due on friday?",
      '2026-11-25T20:00:00Z',
      'Australia/Sydney',
      'list open 2026-11-27T00:00 2026-11-28T00:00',
    ],
    [
      'complete everything due today',
      '2026-11-21T02:00:00Z',
      'America/New_York',
      'list open 2026-11-20T00:00 2026-11-21T00:00; complete Pay rent',
    ],
    ['move dentist to 16:00', '2026-11-21T10:00:00Z', 'Australia/Sydney', 'move Dentist @2026-11-26T16:00'],
    ['move dentist to friday', '2026-11-21T10:00:00Z', 'America/New_York', 'move Dentist @2026-11-27T08:30'],
  ]
  for (const [text, now, time_zone, outcome] of rows)
    assert.deepEqual([text, time_zone, (await say(text, now, time_zone)).outcome], [text, time_zone, outcome])
})

test('a clock change keeps the time of day', async () => {
  // New York: clocks go back on 1 November, Sydney: forward on 4 October.
  const back = await say('move dentist by 1 day', '2026-10-30T10:00:00Z', 'America/New_York')
  assert.equal(back.outcome, 'move Dentist @2026-11-26T08:30')
  const world = createHome({ now: '2026-10-30T10:00:00Z', time_zone: 'America/New_York' })
  world.tasks.find(({ title }) => title === 'Dentist')!.due_date = '2026-10-31T13:00:00Z'
  await createConversation(world)('push dentist by 2 days')
  assert.equal(world.calls.at(-1)!.input.moves[0].due_date, '2026-11-02T14:00:00Z')
  const gap = await say('add x on 4 October at 2:30', '2026-09-30T10:00:00Z', 'Australia/Sydney')
  assert.equal(gap.outcome, 'add x @2026-10-04T03:30')
})

test('answers show local times', async () => {
  assert.match((await say('find dentist', '2026-11-21T10:00:00Z', 'Asia/Karachi')).answer, /Wed 25 Nov, 18:30/)
  assert.match(
    (await say('find dentist', '2027-01-21T10:00:00Z', 'Europe/Berlin')).answer,
    /Wed 25 Nov 2026, 14:30 \(overdue\)/,
  )
})

test('12/5 follows the locale', async () => {
  assert.equal((await say('add x on 12/5/2027', '2026-11-21T10:00:00Z', 'UTC', 'en-US')).outcome, 'add x @2027-12-05')
  assert.equal((await say('add x on 12/5/2027', '2026-11-21T10:00:00Z', 'UTC', 'en-GB')).outcome, 'add x @2027-05-12')
})

test('without a readable context it uses its own clock and UTC; the last block counts', async () => {
  const clock = { now: () => Temporal.Instant.from('2026-01-01T12:00:00Z') }
  const dueWith = async (system: string) => {
    const { content } = await createInterpreter({ clock }).doGenerate({
      prompt: [
        { role: 'system', content: system },
        { role: 'user', content: [{ type: 'text', text: 'add x tomorrow at 9' }] },
      ],
      tools: [{ type: 'function', name: 'add_tasks', inputSchema: {} }],
    })
    const [call] = content
    return call?.type === 'tool-call' ? JSON.parse(call.input).tasks[0].due_date : undefined
  }
  const block = (text: string) => `\`\`\`context\n${text}\n\`\`\``
  for (const system of ['', block('{'), block('[]'), block('{"now":"soon","time_zone":"Mars/Base","locale":7}')])
    assert.equal(await dueWith(system), '2026-01-02T09:00:00Z')
  const two = `${block('{"now":"2020-01-01T00:00:00Z"}')}\n${block('{"now":"2026-11-21T10:00:00Z","time_zone":"Asia/Karachi"}')}`
  assert.equal(await dueWith(two), '2026-11-22T04:00:00Z')
})
