import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskCompleted, taskCreated, taskUpdated } from '@taskflow/event-contracts'
import { anEvent, aTask, fakeClock } from '@taskflow/test-kit'
import { chainHash, chainStart, recordedText } from '../src/domain/chain.ts'
import { startAuditLogger } from '../testing/start-audit-logger.ts'

test('every event is recorded once in a gap-free chain, however often it is delivered', async (t) => {
  const service = await startAuditLogger(t)
  const events = Array.from({ length: 30 }, () => anEvent(taskCreated, { task: aTask() }))
  await Promise.all([
    service.deliver('task-events', events.slice(0, 20)),
    service.deliver('task-events', events.slice(10).toReversed()),
    service.deliver('task-events', events),
  ])
  const rows = await service.rows()
  assert.deepEqual(
    rows.map((row) => row.sequence),
    Array.from({ length: 30 }, (_, index) => index + 1),
  )
  assert.equal(new Set(rows.map((row) => row.event_id)).size, 30)
  let hash = chainStart
  for (const row of rows) {
    hash = chainHash(hash, row.recorded)
    assert.equal(row.hash, hash)
  }
})

test('two replicas append to one chain and create one key per user', async (t) => {
  const one = await startAuditLogger(t)
  const two = await startAuditLogger(t, {}, { database: one.database, env: one.env })
  const task = aTask()
  const events = Array.from({ length: 40 }, (_, index) =>
    anEvent(taskUpdated, { task: { ...task, version: index + 1 }, changed: {} }),
  )
  await Promise.all(
    [0, 10, 20, 30].map((from) => (from % 20 ? one : two).deliver('task-events', events.slice(from, from + 10))),
  )
  const rows = await one.rows()
  assert.deepEqual(
    rows.map((row) => row.sequence),
    Array.from({ length: 40 }, (_, index) => index + 1),
  )
  rows.reduce((hash, row) => {
    assert.equal(row.hash, chainHash(hash, row.recorded))
    return row.hash
  }, chainStart)
  const { data } = (await two.ask(`/audit/events?user_id=${task.user_id}&limit=40`)).body
  assert.ok(data.every((record: { erased: boolean }) => !record.erased))
})

test('a record holds who, what, when, from where, why, before and after', async (t) => {
  const service = await startAuditLogger(t, { clock: fakeClock('2026-01-02T03:04:05.678Z') })
  const task = aTask({ title: 'after', tags: ['home'], version: 2 })
  const changed = { title: ['before', 'after'], priority: ['low', 'medium'] } satisfies Record<string, [string, string]>
  const event = { ...anEvent(taskUpdated, { task, changed }), causationid: 'cause', clientaddress: '203.0.113.7' }
  await service.deliver('task-events', [event])
  const [record] = (await service.ask(`/audit/events?user_id=${task.user_id}&limit=1`)).body.data
  const { hash, ...rest } = record
  assert.deepEqual(rest, {
    sequence: 1,
    recorded_at: '2026-01-02T03:04:05.678Z',
    event_id: event.id,
    type: 'task.updated',
    source: '/taskflow/test',
    subject: task.id,
    user_id: task.user_id,
    time: '2026-01-01T00:00:00Z',
    traceparent: event.traceparent,
    correlation_id: event.correlationid,
    causation_id: 'cause',
    client_address: '203.0.113.7',
    data: event.data,
    erased: false,
  })
  const [row] = await service.rows()
  assert.equal(hash, row.hash)
  assert.equal(row.task_id, task.id)
})

test('personal data is never stored in the clear, and equal texts are stored differently each time', async (t) => {
  const service = await startAuditLogger(t)
  const task = aTask({ title: 'Secret-a', description: 'Secret-b', tags: ['Secret-c'], category: 'Secret-d' })
  const changed = { title: ['Secret-e', 'Secret-a'] } satisfies Record<string, [string, string]>
  await service.deliver('task-events', [
    { ...anEvent(taskUpdated, { task, changed }), clientaddress: 'Secret-f' },
    anEvent(taskUpdated, { task, changed }),
  ])
  const rows = await service.rows()
  assert.doesNotMatch(JSON.stringify(rows), /Secret/)
  const [one, two] = rows.map(({ recorded }) => JSON.parse(recorded))
  assert.notEqual(one.personal, two.personal)
  assert.deepEqual(one.data.changed, {})
  assert.equal(one.data.task.priority, 'medium')
})

test('canonical JSON follows RFC 8785', () => {
  // The example of section 3.2.2 and the sorting of section 3.2.3.
  const example = {
    numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27],
    string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
    literals: [null, true, false],
  }
  assert.equal(
    recordedText(example),
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  )
  const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, ö: 7, '10': 8 }
  assert.deepEqual(
    [...recordedText(keys).matchAll(/:(\d)/g)].map(([, value]) => Number(value)),
    [2, 4, 8, 6, 7, 1, 5, 3],
  )
})

test('a completed recurring task, published on two topics, is recorded once', async (t) => {
  const service = await startAuditLogger(t)
  const event = anEvent(taskCompleted, { task: aTask({ is_completed: true }), changed: {} })
  await service.deliver('task-recurrence', [event])
  await service.deliver('task-events', [event])
  assert.equal((await service.rows()).length, 1)
})

test('external ids too long for an index are recorded in full; a correlation id is encrypted', async (t) => {
  const service = await startAuditLogger(t)
  const event = {
    ...anEvent(taskCreated, { task: aTask() }),
    correlationid: 'c'.repeat(9_000),
    causationid: 'é'.repeat(9_000),
  }
  assert.deepEqual(await service.deliver('task-events', [event]), ['SUCCESS'])
  const [row] = await service.rows()
  assert.match(row.correlation_id, /^hmac:/)
  const [record] = (await service.ask('/audit/events?limit=1')).body.data
  assert.equal(record.correlation_id, event.correlationid)
  assert.equal(JSON.parse(row.recorded).causation_id, event.causationid)
})

test('an event of a newer minor version waits for the replica that knows all its fields; others are recorded', async (t) => {
  const service = await startAuditLogger(t)
  const [event, other] = [anEvent(taskCreated, { task: aTask() }), anEvent(taskCreated, { task: aTask() })]
  const { task } = event.data as { task: object }
  const newer = {
    ...event,
    dataschema: 'urn:taskflow:schema:task.created:3.1',
    data: { ...(event.data as object), schema_version: '3.1', task: { ...task, diary: 'personal' } },
  }
  await service.deliver('task-events', [newer, other])
  assert.deepEqual(
    (await service.rows()).map((row) => row.event_id),
    [other.id],
  )
  const { rows } = await service.database.pool.query("SELECT event_id FROM audit.inbox WHERE state = 'deferred'")
  assert.deepEqual(rows, [{ event_id: event.id }])
})

test('records cannot be changed or removed, by the service or by the table owner', async (t) => {
  const service = await startAuditLogger(t)
  await service.deliver('task-events', [anEvent(taskCreated, { task: aTask() })])
  const { rows } = await service.database.pool.query(
    "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'audit.events'::regclass",
  )
  for (const table of ['audit.events', ...rows.map(({ name }) => name)]) {
    for (const statement of [`UPDATE ${table} SET type = 'x'`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
      await assert.rejects(service.deps.pool.query(statement), /permission denied/, statement)
      await assert.rejects(service.database.pool.query(statement), /append-only/, statement)
    }
  }
})
