import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { createTaskUpkeep } from '../../src/tasks/task-upkeep.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const start = '2031-06-15T12:00:00Z'

/** The service with a signed-up user and a deleted task that had reminders at two times. */
const withDeletedTask = async (t: Parameters<typeof startChatApi>[0]) => {
  const clock = fakeClock(start)
  const api = await startChatApi(t, { clock })
  const ada = await api.signup()
  const { body: task } = await ada.post('/api/v1/tasks', {
    title: 'Rent',
    reminders: ['2031-06-15T12:30:00Z', '2031-06-15T14:00:00Z'].map((at) => ({ type: 'at', at })),
  })
  assert.equal((await ada.delete(`/api/v1/tasks/${task.id}`)).status, 204)
  /** Signs in again: a token is not valid for a month. */
  const later = async () => {
    const { body } = await api.as().post('/api/v1/auth/login', { email: ada.email, password: ada.password })
    return api.as(body.token)
  }
  return { ...api, clock, ada, task, later, restore: `/api/v1/tasks/${task.id}/restore` }
}

test('a deleted task is in the trash and can be restored with its future reminders', async (t) => {
  const { service, clock, ada, task, restore } = await withDeletedTask(t)
  const trash = (await ada.get('/api/v1/tasks?deleted=true')).body.data
  assert.deepEqual(
    trash.map((each: { id: string; deleted_at: string }) => [each.id, each.deleted_at]),
    [[task.id, start]],
  )
  clock.advance({ minutes: 45 })
  const { status, body, headers } = await ada.post(restore)
  assert.deepEqual([status, body.version, headers.get('etag')], [200, 3, '"3"'])
  assert.deepEqual(
    body.reminders.map(({ state }: { state: string }) => state),
    ['cancelled', 'pending'],
  )
  assert.deepEqual((await ada.get(`/api/v1/tasks/${task.id}`)).body, body)
  assert.deepEqual((await ada.get('/api/v1/tasks?deleted=true')).body.data, [])
  const { event } = (await service.outbox('tasks')).at(-1)!
  assert.deepEqual([event.type, event.data.task], ['task.updated', body])
  const changed = event.data.changed as Record<string, unknown>
  assert.deepEqual(
    [Object.keys(changed).toSorted(), changed.deleted_at],
    [
      ['deleted_at', 'reminders'],
      [start, null],
    ],
  )
  const events = (await service.outbox('tasks')).length
  assert.deepEqual((await ada.post(restore)).body, body)
  assert.equal((await service.outbox('tasks')).length, events)
})

test('another user cannot restore it; If-Match is checked', async (t) => {
  const { signup, ada, restore } = await withDeletedTask(t)
  const eve = await signup()
  assert.equal((await eve.post(restore)).status, 404)
  assert.deepEqual((await eve.get('/api/v1/tasks?deleted=true')).body.data, [])
  assert.equal((await ada.post(`/api/v1/tasks/${randomUUID()}/restore`)).status, 404)
  assert.equal((await ada.post(restore, undefined, { 'if-match': '"1"' })).status, 412)
  assert.equal((await ada.post(restore, undefined, { 'if-match': '"2"' })).status, 200)
})

test('a task can be restored for 30 days, then it is purged; others stay', async (t) => {
  const { service, clock, ada, task, restore, later } = await withDeletedTask(t)
  const { body: other } = await ada.post('/api/v1/tasks', { title: 'Stays' })
  const upkeep = createTaskUpkeep(service.deps)
  const rows = async () => {
    const { rows } = await service.database.pool.query('SELECT id FROM tasks.tasks ORDER BY created_at, id')
    return rows.map(({ id }) => id)
  }
  clock.advance({ hours: 30 * 24 - 1 })
  await upkeep.processDue()
  assert.deepEqual(await rows(), [task.id, other.id])
  assert.equal((await (await later()).get('/api/v1/tasks?deleted=true')).body.data.length, 1)
  clock.advance({ hours: 1 })
  const bob = await later()
  assert.equal((await bob.post(restore)).status, 404)
  assert.deepEqual((await bob.get('/api/v1/tasks?deleted=true')).body.data, [])
  await upkeep.processDue()
  assert.deepEqual(await rows(), [other.id])
  const { rowCount } = await service.database.pool.query('SELECT 1 FROM tasks.reminders')
  assert.equal(rowCount, 0)
})

test('a task whose series was deleted is restored without recurrence', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', {
    title: 'Rent',
    due_date: '2031-07-01T09:00:00Z',
    recurrence_rule: 'monthly',
  })
  const restored = async () => {
    await ada.delete(`/api/v1/tasks/${task.id}`)
    return (await ada.post(`/api/v1/tasks/${task.id}/restore`)).body
  }
  assert.equal((await restored()).recurrence_rule, 'monthly')
  await ada.delete(`/api/v1/recurring-tasks/${task.series_id}?open_tasks=delete`)
  const { body: after } = await ada.post(`/api/v1/tasks/${task.id}/restore`)
  assert.equal(after.recurrence_rule, null)
})
