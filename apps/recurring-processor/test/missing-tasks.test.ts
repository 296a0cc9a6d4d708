import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { taskCompleted } from '@taskflow/event-contracts'
import { deleteTask, pauseRecurringTask, reopenTask } from '@taskflow/tasks'
import { anEvent, scrape } from '@taskflow/test-kit'
import { missingTasks } from '../src/loops/missing-tasks.ts'
import { startWithUser, user_id } from '../testing/start-with-user.ts'

const daily = { due_date: '2026-01-31T09:00:00Z', recurrence_rule: 'FREQ=DAILY' }

const start = async (t: TestContext) => {
  const user = await startWithUser(t, '2026-01-31T10:00:00Z')
  const { service } = user
  return {
    ...user,
    reconcile: () => service.app.loops.find(({ name }) => name === 'missing tasks')!.processDue(),
    reconciled: async () => (await scrape(service.url))('taskflow_occurrences_total', { cause: 'reconciled' }),
  }
}

test('the next task is made when the completion was never handled, after five minutes', async (t) => {
  const { clock, create, complete, reconcile, reconciled, dueDates, service } = await start(t)
  const task = await create(daily)
  const completed = await complete(task.id)
  clock.advance({ minutes: 4 })
  await reconcile()
  assert.equal((await dueDates()).length, 1)
  clock.advance({ minutes: 2 })
  await reconcile()
  assert.deepEqual(await dueDates(), ['2026-01-31T09:00:00Z', '2026-02-01T09:00:00Z'])
  assert.equal(await reconciled(), 1)
  await service.deliver('task-recurrence', [anEvent(taskCompleted, { task: completed, changed: {} })])
  await reconcile()
  assert.equal((await dueDates()).length, 2, 'the event makes none when it is redriven later')
})

test('a series that is active although its task was deleted goes on', async (t) => {
  const { clock, create, transaction, reconcile, dueDates, service } = await start(t)
  const task = await create(daily)
  await transaction((tx) => deleteTask(tx, user_id, task.id))
  // As an earlier release left it.
  await service.database.pool.query('UPDATE tasks.series SET is_active = true')
  clock.advance({ minutes: 6 })
  await reconcile()
  assert.deepEqual(await dueDates(), ['2026-02-01T09:00:00Z'])
})

test('none is made for a series that has ended, is paused, deleted or has an open task', async (t) => {
  const { clock, create, complete, transaction, reconcile, tasks, reconciled } = await start(t)
  const ended = await create({ ...daily, recurrence_rule: 'FREQ=DAILY;COUNT=1' })
  const paused = await create(daily)
  const reopened = await create(daily)
  const deleted = await create(daily)
  for (const { id } of [ended, paused, reopened]) await complete(id)
  await transaction((tx) => pauseRecurringTask(tx, user_id, paused.series_id!))
  await transaction((tx) => reopenTask(tx, user_id, reopened.id))
  await transaction((tx) => deleteTask(tx, user_id, deleted.id))
  clock.advance({ minutes: 6 })
  await reconcile()
  assert.equal((await tasks()).length, 3)
  assert.equal((await reconciled()) ?? 0, 0)
})

test('two replicas make one task for each of many series, a hundred a step', async (t) => {
  const { clock, create, complete, service, tasks } = await start(t)
  const first = await create(daily)
  await complete(first.id)
  const { pool } = service.database
  const columns = await columnsOf(pool)
  await pool.query(`
    INSERT INTO tasks.series SELECT (jsonb_populate_record(series, jsonb_build_object('id', gen_random_uuid()))).*
    FROM tasks.series, generate_series(1, 119);
    INSERT INTO tasks.tasks (${columns.join(', ')})
    SELECT ${columns.map((each) => ({ id: 'gen_random_uuid()', series_id: 'other.id' })[each] ?? `tasks.${each}`).join(', ')}
    FROM tasks.tasks, tasks.series AS other WHERE other.id <> tasks.series_id`)
  clock.advance({ minutes: 6 })
  const [one, two] = [missingTasks(service.deps), missingTasks(service.deps)]
  const open = async () => (await pool.query('SELECT FROM tasks.tasks WHERE NOT is_completed')).rowCount
  await one.processDue()
  assert.equal(await open(), 100)
  await Promise.all([one.processDue(), two.processDue(), one.processDue()])
  assert.equal(await open(), 120)
  assert.equal((await tasks()).length, 100, 'a page of the list')
})

/** Columns that a task is written with. */
const columnsOf = async (pool: {
  query: (text: string) => Promise<{ rows: { name: string }[] }>
}): Promise<string[]> => {
  const { rows } = await pool.query(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = 'tasks' AND table_name = 'tasks' AND is_generated = 'NEVER' AND is_identity = 'NO'`,
  )
  return rows.map(({ name }) => name)
}
