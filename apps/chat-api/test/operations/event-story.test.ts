import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskUpdated } from '@taskflow/event-contracts'
import { Problem } from '@taskflow/service-kit'
import { anEvent, aTask } from '@taskflow/test-kit'
import { aRecord, away, startWithServices } from '../../testing/start-with-services.ts'

// biome-ignore lint/suspicious/noExplicitAny: responses of the API, inspected field by field
type Json = any

const noTrace = { outbox: [], inbox: null, takes: {} }

test('a story shows the path of an event: outbox, topic, each consumer in order, spans, causes and effects', async (t) => {
  const record = aRecord(9, { type: 'task.completed', causation_id: 'before' })
  const at = (milliseconds: number) => `2026-01-01T00:00:00.${String(milliseconds).padStart(3, '0')}Z`
  const inbox = (topic: string, received: number, fields: object = {}) => ({
    ...{ state: 'done', type: 'task.completed', topic, partition: 1, offset: '7', key: 'k', attempts: 0, reason: null },
    ...{ received_at: at(received), handled_at: at(received), next_attempt_at: null, body: null },
    ...fields,
  })
  const takes = { 'task-events': ['task.completed'] }
  const { operator, service } = await startWithServices(t, (name, path) => {
    if (path.startsWith('audit/causation')) {
      const data = { ...record, event_id: 'before', caused: [{ ...record, caused: [] }] }
      return { data, complete: true }
    }
    if (path.includes('type=admin.acted')) return { data: [] }
    if (path.startsWith('audit/events')) return { data: [record] }
    if (name === 'audit-logger') return { outbox: [], inbox: inbox('task-events', 20), takes }
    if (name === 'recurring-processor') {
      const retried = { attempts: 1, handled_at: at(500), reason: null }
      return {
        outbox: [],
        inbox: inbox('task-recurrence', 15, retried),
        takes: { 'task-recurrence': ['task.completed'] },
      }
    }
    if (name === 'notification-service') return away('away')
    return { ...noTrace, takes }
  })
  // Calls to chat-api itself are real: it published the event and consumed it for the live feed.
  const id = record.event_id
  for (const topic of ['task-events', 'task-recurrence']) {
    await service.database.pool.query(
      `INSERT INTO tasks.outbox_published (event_id, topic, created_at, published_at) VALUES ($1, $2, $3, $4)`,
      [id, topic, at(0), at(8)],
    )
  }
  const { status, body } = await (await operator()).get(`/api/v1/admin/events/${id}/story`)
  assert.equal(status, 200)
  assert.deepEqual(body.request, {
    ...{ time: record.time, source: '/taskflow/chat-api', operation: null },
    ...{ correlation_id: 'c', causation_id: 'before', trace_id: 'a'.repeat(32) },
  })
  assert.deepEqual(
    body.publications.map((each: Json) => [each.service, each.topic, each.state, each.partition, each.publishing_ms]),
    [
      ['chat-api', 'task-events', 'published', 1, 8],
      ['chat-api', 'task-recurrence', 'published', 1, 8],
    ],
  )
  assert.deepEqual(
    body.consumers.map((each: Json) => [each.service, each.state, each.total_ms, each.delivery_ms, each.handling_ms]),
    [
      ['recurring-processor', 'done', 15, 7, 485],
      ['audit-logger', 'done', 20, 12, null],
      ['chat-api', 'not_taken', null, null, null],
      ['reminder-service', 'not_taken', null, null, null],
    ],
  )
  const { taken_from, is_whole, event } = body.cloud_event
  assert.deepEqual(
    [taken_from, is_whole, event.id, event.dataschema, event.partitionkey, event.causationid],
    ['audit', true, id, 'urn:taskflow:schema:task.completed:2.0', 'k', 'before'],
  )
  assert.deepEqual(
    [body.causation.data.event_id, body.causation.data.caused[0].event_id, body.causation.data.data, body.unreachable],
    ['before', id, undefined, ['notification-service']],
  )
})

test('a waiting or parked event is shown as it was published', async (t) => {
  const { operator, service } = await startWithServices(t, (_name, path) => {
    if (path.startsWith('audit/causation')) throw new Problem('not-found', 'not yet')
    return path.startsWith('audit/') ? { data: [] } : noTrace
  })
  const admin = await operator()
  const { id } = (await admin.post('/api/v1/tasks', { title: 'On its way' })).body
  const { event } = (await service.outbox('tasks')).find(({ event }) => event.subject === id)!
  const waiting = (await admin.get(`/api/v1/admin/events/${event.id}/story`)).body
  assert.deepEqual([waiting.type, waiting.publications[0].state], ['task.created', 'waiting'])
  assert.deepEqual(waiting.cloud_event, { taken_from: 'outbox', is_whole: true, event })
  assert.equal(waiting.consumers.find((each: Json) => each.service === 'chat-api').state, 'not_taken')

  await service.deliver('task-events', [Buffer.from('not json')], { from: { partition: 2, offset: 7 } })
  const path = `/api/v1/admin/events/${encodeURIComponent('task-events/2/7')}/story`
  const parked = (await admin.get(path)).body
  assert.deepEqual([parked.cloud_event.event, parked.consumers[0].state], ['not json', 'parked'])
  assert.equal(parked.consumers[0].reason, 'not JSON')
})

test('data that the audit log has erased is not shown from other sources', async (t) => {
  const event = anEvent(taskUpdated, { task: aTask({ title: 'Secret' }), changed: {} })
  const record = aRecord(1, { event_id: event.id, type: 'task.updated', erased: true })
  const inbox = {
    ...{ state: 'parked', type: 'task.updated', topic: 'task-events', partition: 0, offset: '1', key: 'k' },
    ...{ received_at: record.time, handled_at: null, attempts: 5, next_attempt_at: null, reason: 'x' },
    body: JSON.stringify(event),
  }
  const { operator } = await startWithServices(t, (_name, path) => {
    if (path.startsWith('audit/causation')) return { data: { ...record, caused: [] }, complete: true }
    if (path.includes('type=admin.acted')) return { data: [] }
    return path.startsWith('audit/') ? { data: [record] } : { ...noTrace, inbox }
  })
  const { body } = await (await operator()).get(`/api/v1/admin/events/${event.id}/story`)
  assert.deepEqual([body.cloud_event.taken_from, body.cloud_event.is_whole], ['audit', false])
  assert.doesNotMatch(JSON.stringify(body), /Secret/)
})

test('an unknown event returns 404, or 503 while a service that may know it is unavailable', async (t) => {
  let isAway = false
  const { operator } = await startWithServices(t, (_name, path) => {
    if (isAway) away('away')
    if (path.startsWith('audit/causation')) throw new Problem('not-found', 'no')
    return path.startsWith('audit/') ? { data: [] } : noTrace
  })
  const admin = await operator()
  assert.equal((await admin.get('/api/v1/admin/events/nothing/story')).status, 404)
  isAway = true
  const { status, body } = await admin.get('/api/v1/admin/events/nothing/story')
  assert.equal(status, 503)
  assert.match(body.detail, /audit-logger/)
})
