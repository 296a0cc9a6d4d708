import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { type Task, taskCompleted, taskCreated, userDeleted } from '@taskflow/event-contracts'
import { Problem, type Sidecar } from '@taskflow/service-kit'
import { anEvent, aReminder, aTask, fakeClock, scrape } from '@taskflow/test-kit'
import { startReminderService } from '../testing/start-reminder-service.ts'

const aReminded = (fields: Partial<Task> = {}) =>
  aTask({ due_date: '2026-03-01T10:00:00Z', reminders: [aReminder({ at: '2026-03-01T09:00:00Z' })], ...fields })
const later = (task: Task, fields: Partial<Task> = {}): Task => ({ ...task, version: task.version + 1, ...fields })
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1)

/** The service beside a chat-api that has these tasks; those in `deleted` are. */
const start = async (t: TestContext, tasks: Task[], deleted: Task[] = []) => {
  const asked: string[] = []
  const all = [...tasks, ...deleted].toSorted(byId)
  const answer = (path: string): unknown => {
    asked.push(path)
    const { pathname, searchParams: query } = new URL(path, 'http://chat-api')
    if (pathname === '/operator/tasks') {
      const ids = query.get('ids')!.split(',')
      const found = all.filter(({ id }) => ids.includes(id))
      return { data: found.map((task) => ({ task, is_deleted: deleted.includes(task) })) }
    }
    const limit = Number(query.get('limit'))
    const page = all.filter(({ id }) => id > (query.get('after') ?? '')).slice(0, limit)
    const data = page.map((task) => ({
      ...{ id: task.id, version: task.version },
      is_over: task.is_completed || deleted.includes(task),
    }))
    return { data, last: page.length < limit ? null : page.at(-1)!.id }
  }
  const sidecar = { invoke: async (_service: string, path: string) => answer(path), close: async () => {} }
  const service = await startReminderService(t, {
    clock: fakeClock('2026-03-01T08:00:00Z'),
    sidecar: sidecar as unknown as Sidecar,
  })
  const rows = async (text: string) => (await service.database.pool.query(text)).rows
  return {
    service,
    asked,
    sidecar,
    reconcile: () => service.app.loops.find(({ name }) => name === 'reconciliation of tasks')!.processDue(),
    versions: async () => {
      const found = await rows('SELECT id, version FROM reminders.tasks')
      return Object.fromEntries(found.map(({ id, version }) => [id, version]))
    },
    scheduled: async () => (await rows('SELECT reminder_id FROM reminders.schedule')).map((row) => row.reminder_id),
    reconciled: async () => (await scrape(service.url))('taskflow_reminders_reconciled_total'),
  }
}

test('tasks whose events never arrived are applied as their handler would; the others are left alone', async (t) => {
  const [unknown, same, ahead] = [aReminded(), aReminded(), aReminded({ version: 2 })]
  const moved = later(aReminded(), { reminders: [aReminder({ at: '2026-03-01T09:30:00Z' })] })
  const completed = later(aReminded(), { is_completed: true, completed_at: '2026-03-01T07:00:00Z' })
  const deleted = later(aReminded())
  const forgotten = aTask({ is_completed: true })
  const old = (task: Task) => ({ ...task, version: 1 })
  const { service, reconcile, versions, scheduled, reconciled } = await start(
    t,
    [unknown, same, old(ahead), moved, completed, forgotten],
    [deleted],
  )
  await service.deliver(
    'task-events',
    [same, ahead, ...[moved, completed, deleted].map((task) => ({ ...old(task), is_completed: false }))].map((task) =>
      anEvent(taskCreated, { task }),
    ),
  )
  await reconcile()
  assert.deepEqual(await versions(), {
    [unknown.id]: 1,
    [same.id]: 1,
    [ahead.id]: 2,
    [moved.id]: 2,
    [completed.id]: 2,
    [deleted.id]: 2,
  })
  const expected = [unknown, same, ahead, moved].map(({ reminders }) => reminders[0]!.id)
  assert.deepEqual(new Set(await scheduled()), new Set(expected))
  assert.equal(await reconciled(), 4)
  await reconcile()
  assert.equal(await reconciled(), 4, 'nothing is behind any more')
})

test('a late event of a task that was corrected changes nothing', async (t) => {
  const task = aReminded()
  const completed = later(task, { is_completed: true, completed_at: '2026-03-01T07:00:00Z' })
  const { service, reconcile, scheduled } = await start(t, [completed])
  await service.deliver('task-events', [anEvent(taskCreated, { task })])
  await reconcile()
  await service.deliver('task-events', [anEvent(taskCompleted, { task: completed, changed: {} })])
  assert.deepEqual(await scheduled(), [])
})

test('nothing comes back of a person whose account is deleted here', async (t) => {
  const task = aReminded()
  const { service, reconcile, versions } = await start(t, [task])
  await service.deliver('user-events', [anEvent(userDeleted, {}, { user_id: task.user_id })])
  await reconcile()
  assert.deepEqual(await versions(), {})
})

test('a pass looks at all tasks, 500 and at most a hundred corrections a step, then begins again', async (t) => {
  const tasks = Array.from({ length: 620 }, () => aReminded())
  const { asked, reconcile, versions } = await start(t, tasks)
  const known = async () => Object.keys(await versions()).length
  await reconcile()
  assert.equal(await known(), 100)
  assert.equal(asked.length, 6, 'one page, and five answers of twenty tasks')
  for (let steps = 2; steps <= 7; steps++) await reconcile()
  assert.equal(await known(), 620)
  await reconcile()
  assert.doesNotMatch(asked.at(-1)!, /after/, 'the next pass')
})

test('it waits while chat-api is away', async (t) => {
  const { service, sidecar, reconcile } = await start(t, [])
  t.mock.method(sidecar, 'invoke', async () => {
    throw new Problem('service-unavailable', 'chat-api does not answer')
  })
  await reconcile()
  assert.equal((await fetch(`${service.url}/healthz`)).status, 200)
})
