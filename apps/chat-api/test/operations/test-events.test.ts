import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { parseMessage, type Topic } from '@taskflow/event-contracts'
import { startWithServices } from '../../testing/start-with-services.ts'

// biome-ignore lint/suspicious/noExplicitAny: responses of the API, inspected field by field
type Json = any

const publish = '/api/v1/admin/events/test'

test('a test event is valid, belongs to the admin, and is about an entity that does not exist', async (t) => {
  const { operator, service } = await startWithServices(t, () => ({}))
  const admin = await operator()
  const other = randomUUID()
  const data = { title: 'Try it', id: other, user_id: other, series_id: other, version: 99 }
  const published = await admin.post(publish, { topic: 'task-events', type: 'task.deleted', data })
  assert.equal(published.status, 202)
  const { topic, event } = (await service.outbox('tasks')).find(({ event }) => event.id === published.body.id)!
  const { task, user_id } = event.data as Json
  assert.deepEqual(
    [topic, user_id, task.user_id, task.title, task.series_id],
    ['task-events', admin.id, admin.id, 'Try it', null],
  )
  assert.notEqual(task.id, other)
  const changed = await admin.post(publish, {
    topic: 'task-recurrence',
    type: 'recurring_task.changed',
    data: { is_active: true },
  })
  assert.equal(changed.status, 202)
  for (const each of await service.outbox('tasks')) {
    assert.equal(parseMessage(each.topic as Topic, Buffer.from(JSON.stringify(each.event))).readable, true)
    if (each.event.type === 'recurring_task.changed')
      assert.equal((each.event.data as Json).recurring_task.is_active, false)
  }
})

test('an event that would affect users, or is invalid, is rejected', async (t) => {
  const { operator } = await startWithServices(t, () => ({}))
  const admin = await operator()
  for (const [topic, type] of [
    ['user-events', 'user.deleted'],
    ['task-events', 'task.created'],
    ['task-events', 'constructor'],
    ['task-recurrence', 'recurring_task.due'],
  ]) {
    const { status, body } = await admin.post(publish, { topic, type })
    assert.equal(status, 422)
    assert.match(body.detail, /task.deleted on task-events/)
  }
  assert.equal((await admin.post(publish, { topic: 'task-reminders', type: 'reminder.due' })).status, 422)
  const wrong = await admin.post(publish, { topic: 'task-events', type: 'task.deleted', data: { priority: 'urgent' } })
  assert.deepEqual([wrong.status, wrong.body.errors[0].path], [422, 'task.priority'])
})

test('an unreadable event cannot be read on any topic, whatever its type, and can be inspected when parked', async (t) => {
  const { operator, service } = await startWithServices(t, () => ({ data: [] }))
  const admin = await operator()
  for (const body of [
    { topic: 'task-events' },
    { topic: 'task-events', type: 'task.updatet' },
    { topic: 'user-events', type: 'user.deleted', data: { user_id: randomUUID() } },
    { topic: 'task-events', type: 'com.dapr.event.sent', data: { event_type: 'task.deleted', task_id: 7 } },
    { topic: 'dead-letters' },
  ]) {
    const published = await admin.post(publish, { ...body, kind: 'unreadable' })
    assert.equal(published.status, 202)
    const { topic, event } = (await service.outbox('tasks')).find(({ event }) => event.id === published.body.id)!
    assert.equal(parseMessage(topic as Topic, Buffer.from(JSON.stringify(event))).readable, false)
    if (topic === 'task-events') await service.deliver(topic, [event])
  }
  const { data } = (await admin.get('/api/v1/admin/dead-letters?service=chat-api')).body
  assert.equal(data.length, 3)
  const { body } = await admin.get(`/api/v1/admin/dead-letters/${encodeURIComponent(data[1].id)}`)
  assert.equal(body.nearest_type, 'task.updated')
})
