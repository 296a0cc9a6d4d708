import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskCreated, taskUpdated } from '@taskflow/event-contracts'
import { anEvent, aTask } from '@taskflow/test-kit'
import { explainMessage } from '../../src/operations/explain-message.ts'
import { startWithServices } from '../../testing/start-with-services.ts'

const explain = (message: object | string) =>
  explainMessage('task-events', Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)))

const event = () => anEvent(taskUpdated, { task: aTask(), changed: {} })

test('every field that differs from the current schema is named with its path', () => {
  const broken = event() as { data: { task: Record<string, unknown> } }
  broken.data.task.title = 42
  broken.data.task.priority = 'urgent'
  broken.data.task.colour = 'red'
  delete broken.data.task.version
  const { problems, nearest_type } = explain(broken)
  assert.deepEqual(problems.map(({ path }) => path).toSorted(), [
    ...['data.task.colour', 'data.task.priority', 'data.task.title', 'data.task.version'],
  ])
  assert.match(problems.find(({ path }) => path === 'data.task.title')!.message, /string/)
  assert.equal(nearest_type, null)
})

test('a message that is not an event, or not JSON, is reported with what is missing', () => {
  assert.match(explain('not json').problems[0]!.message, /is not JSON/)
  assert.deepEqual(
    explain({ hello: 'world' })
      .problems.map(({ path }) => path)
      .toSorted(),
    ['data', 'id', 'source', 'specversion', 'type'],
  )
})

test('an unknown type is reported with the likely one; a type of another topic with its topic', () => {
  assert.deepEqual(explain({ ...event(), type: 'task.updatet' }), {
    problems: [{ path: 'type', message: 'is not a type of event that is known' }],
    nearest_type: 'task.updated',
  })
  assert.equal(explain({ ...event(), type: 'something.else.entirely' }).nearest_type, null)
  assert.match(explain({ ...event(), type: 'reminder.due' }).problems[0]!.message, /task-reminders/)
})

test('a readable event has no problems: its handler failed', () => {
  assert.deepEqual(explain(anEvent(taskCreated, { task: aTask() })), { problems: [], nearest_type: null })
  // Flat JSON of an earlier system is readable too.
  assert.deepEqual(explain({ event_type: 'task.created', task_id: 7, title: 'x', user_id: 'y' }).problems, [])
})

test('a parked event is shown with bytes, headers, reason, attempts and problems', async (t) => {
  const { operator, service } = await startWithServices(t, () => ({ data: [] }))
  await service.deliver('task-events', [Buffer.from('not json')], { from: { partition: 2, offset: 7 } })
  const admin = await operator()
  const [listed] = (await admin.get('/api/v1/admin/dead-letters?service=chat-api')).body.data
  assert.equal(listed.id, 'chat-api:task-events/2/7')
  const { body } = await admin.get(`/api/v1/admin/dead-letters/${encodeURIComponent(listed.id)}`)
  assert.deepEqual(
    [body.body, body.body_base64, body.reason, body.attempts, body.offset, body.headers.__partition],
    ['not json', Buffer.from('not json').toString('base64'), 'not JSON', 0, '7', '2'],
  )
  assert.match(body.problems[0].message, /is not JSON/)
})
