import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startChatApi } from './chat-api.ts'

test('a created task is answered whole, and task.created waits in the outbox', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const { status, body } = await ada.post('/api/v1/tasks', {
    title: 'Pay rent',
    tags: ['home', 'home'],
    due_date: '2026-02-01T09:00:00+01:00',
  })
  assert.equal(status, 201)
  assert.equal(body.due_date, '2026-02-01T08:00:00Z')
  assert.deepEqual(body.tags, ['home'])
  assert.equal(body.time_zone, 'UTC')
  const events = await service.outbox('tasks')
  assert.deepEqual(events.map(({ topic, key, event }) => [topic, key, event.type]).at(-1), [
    'task-events',
    body.id,
    'task.created',
  ])
  assert.deepEqual(events.at(-1)?.event.data.task, body)
})
