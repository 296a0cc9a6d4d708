import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Task, taskCompleted } from '@taskflow/event-contracts'
import { systemClock } from '@taskflow/service-kit'
import {
  createRecurringTask,
  deleteRecurringTask,
  newRecurringTaskInput,
  pauseRecurringTask,
  skipDate,
  updateRecurringTask,
  updateTask,
} from '@taskflow/tasks'
import { anEvent } from '@taskflow/test-kit'
import { startRecurringProcessor } from '../testing/start-recurring-processor.ts'
import { startWithClock, startWithUser, user_id } from '../testing/start-with-user.ts'

const start = async (t: TestContext, input: object) => {
  const { clock, service, transaction, tasks, dueDates, complete } = await startWithUser(t, '2026-01-01T08:00:00Z')
  const wanted = { title: 'Report', pattern: 'daily', start_date: '2026-01-02T09:00:00', time_zone: 'UTC', ...input }
  const { id } = await transaction((tx) =>
    createRecurringTask(tx, { user_id, time_zone: 'UTC' }, newRecurringTaskInput.parse(wanted)),
  )
  let delivered = 0
  return {
    id,
    tasks,
    dueDates,
    transaction,
    complete: async (task: Task) => {
      const data = { task: await complete(task.id), changed: {} }
      await service.deliver('task-recurrence', [anEvent(taskCompleted, data)])
    },
    /** Announces what is due at that time. */
    announce: async (time: string) => {
      clock.set(time)
      await service.app.loops.find((loop) => loop.name === 'due series')?.processDue()
    },
    /** Delivers what was announced, twice. */
    deliver: async () => {
      const due = (await service.outbox('tasks'))
        .filter(({ event }) => event.type === 'recurring_task.due')
        .slice(delivered)
      delivered += due.length
      const events = due.map(({ event }) => event)
      await service.deliver('task-recurrence', events, { times: 2 })
    },
  }
}

test('the first task is created on its first date, with all fields of the recurring task', async (t) => {
  const fields = { description: 'weekly numbers', priority: 'high', tags: ['work'], category: 'job' }
  const { id, tasks, announce, deliver } = await start(t, { ...fields, reminders: [{ type: '1_hour_before' }] })
  await announce('2026-01-02T09:00:00Z')
  await deliver()
  const [first, ...rest] = await tasks()
  assert.deepEqual(rest, [])
  const { title, description, priority, tags, category, due_date, series_id, occurrence, recurrence_rule } = first!
  assert.deepEqual(
    { title, description, priority, tags, category, due_date, series_id, occurrence, recurrence_rule },
    {
      ...fields,
      title: 'Report',
      due_date: '2026-01-02T09:00:00Z',
      series_id: id,
      occurrence: 1,
      recurrence_rule: 'daily',
    },
  )
  assert.deepEqual(
    first!.reminders.map(({ type, at }) => [type, at]),
    [['1_hour_before', '2026-01-02T08:00:00Z']],
  )
})

test('a skipped date creates no task', async (t) => {
  const { id, dueDates, announce, deliver, transaction } = await start(t, {})
  await transaction((tx) => skipDate(tx, user_id, id, '2026-01-03T09:00:00Z'))
  for (const day of ['02', '03', '04']) await announce(`2026-01-${day}T09:00:00Z`)
  await deliver()
  assert.deepEqual(await dueDates(), ['2026-01-02T09:00:00Z', '2026-01-04T09:00:00Z'])
})

test('a paused recurring task creates none; a date announced before a change uses the current version', async (t) => {
  const { id, tasks, announce, deliver, transaction } = await start(t, {})
  await announce('2026-01-02T09:00:00Z')
  await transaction((tx) => updateRecurringTask(tx, user_id, id, { title: 'New report' }, { scope: 'all' }))
  await transaction((tx) => pauseRecurringTask(tx, user_id, id))
  await announce('2026-01-03T09:00:00Z')
  await deliver()
  assert.deepEqual(
    (await tasks()).map(({ title, due_date }) => [title, due_date]),
    [['New report', '2026-01-02T09:00:00Z']],
  )
})

test('a deleted recurring task creates none, even if announced before', async (t) => {
  const { id, dueDates, announce, deliver, transaction } = await start(t, {})
  await announce('2026-01-02T09:00:00Z')
  await transaction((tx) => deleteRecurringTask(tx, user_id, id, { openTasks: 'delete' }))
  await deliver()
  assert.deepEqual(await dueDates(), [])
})

test('on completion, a change to one task does not reach the next, a change to all does', async (t) => {
  const { id, tasks, complete, transaction } = await start(t, { recurrence_mode: 'on_completion' })
  const [first] = await tasks()
  await transaction((tx) => updateTask(tx, user_id, first!.id, { title: 'Once' }, { scope: 'this' }))
  await transaction((tx) => updateTask(tx, user_id, first!.id, { priority: 'low' }))
  await complete(first!)
  const second = (await tasks())[1]!
  assert.deepEqual([second.title, second.priority, second.due_date], ['Report', 'low', '2026-01-03T09:00:00Z'])
  await transaction((tx) => pauseRecurringTask(tx, user_id, id))
  await complete(second)
  assert.equal((await tasks()).length, 2)
})

test('a new schedule wakes the timer, which fires on time in any replica', async (t) => {
  const { service, transaction } = await startWithClock(t, systemClock)
  const announced = async () =>
    (await service.outbox('tasks')).filter(({ event }) => event.type === 'recurring_task.due').length
  const other = await startRecurringProcessor(t, {}, service.database)
  other.deps.dueSeries.start()
  t.after(() => other.deps.dueSeries.stop())
  const at = Temporal.Now.instant().add({ seconds: 2 }).round('second').toString()
  const input = newRecurringTaskInput.parse({
    title: 'Soon',
    rule: 'FREQ=DAILY;COUNT=1',
    start_date: at,
    time_zone: 'UTC',
  })
  await transaction((tx) => createRecurringTask(tx, { user_id, time_zone: 'UTC' }, input))
  const changed = (await service.outbox('tasks')).map(({ event }) => event)
  // This replica's timer is not running: the other one must act on the event delivered here.
  await service.deliver('task-recurrence', changed)
  const deadline = Date.now() + 20_000
  while ((await announced()) === 0 && Date.now() < deadline) await delay(20)
  const late = Date.now() - Temporal.Instant.from(at).epochMilliseconds
  assert.equal(await announced(), 1)
  assert.ok(late >= 0 && late < 20_000, `${late} ms late: it waited for the next look`)
})
