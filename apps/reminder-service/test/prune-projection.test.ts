import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import {
  type Task,
  taskCompleted,
  taskCreated,
  taskDeleted,
  taskReopened,
  taskUpdated,
  userDeleted,
} from '@taskflow/event-contracts'
import { anEvent, aReminder, aTask } from '@taskflow/test-kit'
import { startReminderService } from '../testing/start-reminder-service.ts'

const inHours = (hours: number) => Temporal.Now.instant().add({ hours }).round('millisecond').toString()
const aReminded = (fields: Partial<Task> = {}) =>
  aTask({ title: 'Call the bank', reminders: [aReminder({ at: inHours(1) })], ...fields })
const later = (task: Task, fields: Partial<Task> = {}): Task => ({ ...task, version: task.version + 1, ...fields })

const start = async (t: TestContext) => {
  const service = await startReminderService(t)
  const { pool } = service.database
  return {
    service,
    pool,
    deliver: (...events: Parameters<typeof service.deliver>[1]) => service.deliver('task-events', events),
    /** Makes everything older by so many days. */
    wait: async (days: number) => {
      await pool.query('UPDATE reminders.tasks SET changed_at = changed_at - make_interval(days => $1)', [days])
      await pool.query('UPDATE reminders.schedule SET fired_at = fired_at - make_interval(days => $1)', [days])
    },
    prune: () => service.app.loops.find(({ name }) => name === 'pruning of the schedule')!.processDue(),
    tasks: async () =>
      (await pool.query('SELECT id, version, title, is_over FROM reminders.tasks ORDER BY title, id')).rows,
    schedule: async () => (await pool.query('SELECT reminder_id, fired_at FROM reminders.schedule')).rows,
  }
}

const completed = (task: Task) => later(task, { is_completed: true, completed_at: inHours(0) })

test('a task that has been over for 30 days loses its content, and after 120 days its tombstone', async (t) => {
  const { deliver, wait, prune, tasks } = await start(t)
  const [open, done, deleted] = [aReminded(), aReminded(), aReminded()]
  await deliver(...[open, done, deleted].map((task) => anEvent(taskCreated, { task })))
  await deliver(anEvent(taskCompleted, { task: completed(done), changed: {} }))
  await deliver(anEvent(taskDeleted, { task: later(deleted) }))
  await wait(29)
  await prune()
  assert.equal((await tasks()).filter(({ title }) => title !== null).length, 2)
  await wait(2)
  await prune()
  const tombstones = [done, deleted].map(({ id }) => ({ id, version: 2, title: null, is_over: true }))
  const kept = { id: open.id, version: 1, title: 'Call the bank', is_over: false }
  assert.deepEqual(await tasks(), [kept, ...tombstones.toSorted((a, b) => (a.id < b.id ? -1 : 1))])
  await wait(90)
  await prune()
  assert.deepEqual(await tasks(), [kept])
})

test('a late event of a tombstone restores nothing; a task that is reopened is as before', async (t) => {
  const { deliver, wait, prune, tasks, schedule } = await start(t)
  const task = aReminded()
  await deliver(anEvent(taskCreated, { task }))
  await deliver(anEvent(taskCompleted, { task: completed(later(task)), changed: {} }))
  await wait(31)
  await prune()
  await deliver(anEvent(taskUpdated, { task: later(task), changed: {} }))
  assert.deepEqual(await schedule(), [])
  const reopened = async (version: number) => {
    await deliver(anEvent(taskReopened, { task: { ...task, version }, changed: {} }))
    assert.deepEqual(await tasks(), [{ id: task.id, version, title: 'Call the bank', is_over: false }])
    assert.deepEqual(await schedule(), [{ reminder_id: task.reminders[0]!.id, fired_at: null }])
  }
  await reopened(4)
  await deliver(anEvent(taskCompleted, { task: { ...completed(task), version: 5 }, changed: {} }))
  for (const days of [31, 90]) {
    await wait(days)
    await prune()
  }
  assert.deepEqual(await tasks(), [])
  await reopened(6)
})

test('a reminder that fired 30 days ago is removed, and does not fire again when its task changes', async (t) => {
  const { service, deliver, wait, prune, schedule } = await start(t)
  const at = inHours(-31 * 24)
  // Ids of version 7 have the time at which the reminder was set.
  const idAt = (time: string) => {
    const hex = Date.parse(time).toString(16).padStart(12, '0')
    return `${hex.slice(0, 8)}-${hex.slice(8)}-7${randomUUID().slice(15)}`
  }
  const [old, recent, new_] = [
    aReminder({ id: idAt(at), at }),
    aReminder({ id: idAt(at), at: inHours(-29 * 24) }),
    aReminder({ id: idAt(inHours(0)), at }),
  ]
  const task = aReminded({ reminders: [old, recent, new_] })
  await deliver(anEvent(taskCreated, { task }))
  const isFired = async () =>
    (await schedule()).filter(({ fired_at }) => fired_at !== null).map((row) => row.reminder_id)
  assert.deepEqual(await isFired(), [old.id], 'one that is set now fires now, however late')
  await wait(31)
  await prune()
  await deliver(anEvent(taskUpdated, { task: later(task), changed: {} }))
  assert.deepEqual(await isFired(), [old.id])
  assert.deepEqual(await service.outbox('reminders'), [])
})

test('an account with any number of tasks is deleted: a part at once, the rest by pruning', async (t) => {
  const { service, pool, prune } = await start(t)
  const user_id = randomUUID()
  await pool.query(
    `WITH added AS (
       INSERT INTO reminders.tasks (id, user_id, version, title, is_over)
       SELECT gen_random_uuid(), $1, 1, 'x', false FROM generate_series(1, 21500) RETURNING id)
     INSERT INTO reminders.schedule (reminder_id, task_id, user_id, type, at)
     SELECT gen_random_uuid(), id, $1, 'at', now() + row_number() OVER () * interval '1 minute' FROM added`,
    [user_id],
  )
  const left = async () =>
    (
      await pool.query(
        'SELECT count(*)::int AS tasks, (SELECT count(*)::int FROM reminders.schedule) AS reminders FROM reminders.tasks',
      )
    ).rows[0]
  await service.deliver('user-events', [anEvent(userDeleted, {}, { user_id })])
  assert.equal((await left()).tasks, 1_500)
  await prune()
  assert.equal((await left()).tasks, 500)
  await prune()
  assert.deepEqual(await left(), { tasks: 0, reminders: 0 })
})

test('any number of rows is pruned, a thousand of a kind at a time, by indexes', async (t) => {
  const { pool, prune } = await start(t)
  await pool.query(`
    INSERT INTO reminders.tasks (id, user_id, version, title, is_over, changed_at)
    SELECT gen_random_uuid(), gen_random_uuid(), 1, 'x', true, now() - interval '31 days' FROM generate_series(1, 1500);
    INSERT INTO reminders.tasks (id, user_id, version, title, is_over)
    SELECT gen_random_uuid(), gen_random_uuid(), 1, 'x', n % 2 = 0 FROM generate_series(1, 20000) n;
    ANALYZE reminders.tasks`)
  const left = async () =>
    (await pool.query('SELECT count(*)::int FROM reminders.tasks WHERE title IS NOT NULL')).rows[0].count
  const before = await left()
  await prune()
  assert.equal(await left(), before - 1_000)
  await prune()
  assert.equal(await left(), 20_000)
  const plan = await pool.query(
    `EXPLAIN SELECT id FROM reminders.tasks WHERE is_over AND title IS NOT NULL AND changed_at < now() - interval '30 days'
     ORDER BY changed_at LIMIT 1000 FOR UPDATE SKIP LOCKED`,
  )
  assert.match(JSON.stringify(plan.rows), /Index Scan using tasks_over/)
})
