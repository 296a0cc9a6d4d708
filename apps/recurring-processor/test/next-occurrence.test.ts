import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { type Task, taskCompleted } from '@taskflow/event-contracts'
import { anEvent, scrape } from '@taskflow/test-kit'
import { startWithUser } from '../testing/start-with-user.ts'

const start = async (t: TestContext, now: string) => {
  const user = await startWithUser(t, now)
  return {
    ...user,
    /** Completes a task and delivers the resulting event. */
    completeAndDeliver: async (task: Task, times = 1) => {
      const completed = await user.complete(task.id)
      await user.service.deliver('task-recurrence', [anEvent(taskCompleted, { task: completed, changed: {} })], {
        times,
      })
    },
  }
}

test('31 January, monthly, delivered three times: one task on 28 February', async (t) => {
  const { create, completeAndDeliver, dueDates, service } = await start(t, '2026-01-31T10:00:00Z')
  const task = await create({ due_date: '2026-01-31T09:00:00Z', recurrence_rule: 'monthly' })
  await completeAndDeliver(task, 3)
  assert.deepEqual(await dueDates(), ['2026-01-31T09:00:00Z', '2026-02-28T09:00:00Z'])
  assert.equal((await scrape(service.url))('taskflow_occurrences_total', { cause: 'completion' }), 1)
})

test('the last day of the month does not drift: 31 January, 28 February, 31 March', async (t) => {
  const { create, completeAndDeliver, tasks, dueDates } = await start(t, '2026-01-31T10:00:00Z')
  await completeAndDeliver(await create({ due_date: '2026-01-31T09:00:00Z', recurrence_rule: 'monthly' }))
  await completeAndDeliver((await tasks())[1]!)
  assert.deepEqual(await dueDates(), ['2026-01-31T09:00:00Z', '2026-02-28T09:00:00Z', '2026-03-31T09:00:00Z'])
})

test('the next task is a copy of the completed one, with its reminders moved', async (t) => {
  const { create, completeAndDeliver, tasks, service } = await start(t, '2026-01-01T08:00:00Z')
  const fields = {
    title: 'Water the plants',
    description: 'all of them',
    priority: 'high',
    tags: ['home', 'green'],
    category: 'chores',
    due_date: '2026-01-01T09:00:00Z',
    recurrence_rule: 'FREQ=DAILY',
    recurrence_interval: 1,
  }
  const first = await create({
    ...fields,
    reminders: [
      { type: '1_hour_before' },
      { type: 'before', offset: 'PT10M' },
      { type: 'at', at: '2026-01-01T08:30:00Z' },
    ],
  })
  await completeAndDeliver(first)
  const next = (await tasks())[1]!
  const { title, description, priority, tags, category } = next
  assert.deepEqual(
    { title, description, priority, tags, category },
    { title: fields.title, description: fields.description, priority: 'high', tags: fields.tags, category: 'chores' },
  )
  assert.deepEqual(
    next.reminders.map(({ type, at, state }) => [type, at, state]),
    [
      ['1_hour_before', '2026-01-02T08:00:00Z', 'pending'],
      ['before', '2026-01-02T08:50:00Z', 'pending'],
    ],
  )
  assert.deepEqual([next.series_id, next.occurrence, next.version, next.is_completed], [first.series_id, 2, 1, false])
  const created = (await service.outbox('tasks')).at(-1)
  assert.deepEqual(
    [created?.event.type, created?.event.source, created?.key],
    ['task.created', '/taskflow/recurring-processor', next.id],
  )
  assert.deepEqual(created?.event.data.task, next)
})

test('missed dates are skipped to the next future one, or caught up one by one, as configured', async (t) => {
  const { create, completeAndDeliver, dueDates } = await start(t, '2026-01-10T12:00:00Z')
  await completeAndDeliver(await create({ due_date: '2026-01-01T09:00:00Z', recurrence_rule: 'daily' }))
  assert.deepEqual(await dueDates(), ['2026-01-01T09:00:00Z', '2026-01-11T09:00:00Z'])

  const other = await start(t, '2026-01-10T12:00:00Z')
  await other.completeAndDeliver(
    await other.create({ due_date: '2026-01-01T09:00:00Z', recurrence_rule: 'daily', recurrence_catch_up: 'all' }),
  )
  assert.deepEqual(await other.dueDates(), ['2026-01-01T09:00:00Z', '2026-01-02T09:00:00Z'])
})

test('counted from completion: every 3 days after it, at the first task’s time of day', async (t) => {
  const { create, completeAndDeliver, dueDates } = await start(t, '2026-01-05T20:00:00Z')
  await completeAndDeliver(
    await create({
      due_date: '2026-01-01T09:00:00Z',
      recurrence_rule: 'daily',
      recurrence_interval: 3,
      recurrence_anchor: 'completed_at',
    }),
  )
  assert.deepEqual(await dueDates(), ['2026-01-01T09:00:00Z', '2026-01-08T09:00:00Z'])
})

test('wall-clock time is kept across a change to summer time', async (t) => {
  const { create, completeAndDeliver, dueDates } = await start(t, '2026-03-28T12:00:00Z')
  await completeAndDeliver(
    await create({ due_date: '2026-03-28T09:00:00+01:00', time_zone: 'Europe/Berlin', recurrence_rule: 'daily' }),
  )
  assert.deepEqual(await dueDates(), ['2026-03-28T08:00:00Z', '2026-03-29T07:00:00Z'])
})

test('COUNT and UNTIL end a series', async (t) => {
  for (const recurrence_rule of ['FREQ=DAILY;COUNT=2', 'FREQ=DAILY;UNTIL=20260102T235959Z']) {
    const { create, completeAndDeliver, tasks, dueDates } = await start(t, '2026-01-01T10:00:00Z')
    await completeAndDeliver(await create({ due_date: '2026-01-01T09:00:00Z', recurrence_rule }))
    await completeAndDeliver((await tasks())[1]!)
    assert.deepEqual(await dueDates(), ['2026-01-01T09:00:00Z', '2026-01-02T09:00:00Z'], recurrence_rule)
  }
})

test('completing a task again after reopening it creates no second successor', async (t) => {
  const { create, complete, service, tasks } = await start(t, '2026-01-01T10:00:00Z')
  const completed = await complete((await create({ due_date: '2026-01-01T09:00:00Z', recurrence_rule: 'daily' })).id)
  const twice = [
    anEvent(taskCompleted, { task: completed, changed: {} }),
    anEvent(taskCompleted, { task: completed, changed: {} }),
  ]
  await service.deliver('task-recurrence', twice)
  assert.equal((await tasks()).length, 2)
})

test('a task that does not recur here, or belongs to another user’s series, creates nothing', async (t) => {
  const { create, complete, service, tasks } = await start(t, '2026-01-01T10:00:00Z')
  const completed = await complete((await create({ due_date: '2026-01-01T09:00:00Z', recurrence_rule: 'daily' })).id)
  await service.deliver('task-recurrence', [
    anEvent(taskCompleted, { task: { ...completed, series_id: null, occurrence: null }, changed: {} }),
    anEvent(taskCompleted, { task: { ...completed, series_id: randomUUID() }, changed: {} }),
    anEvent(taskCompleted, { task: { ...completed, user_id: randomUUID() }, changed: {} }),
  ])
  assert.equal((await tasks()).length, 1)
})
