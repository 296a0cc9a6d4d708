import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskCompleted, taskCreated, taskUpdated } from '@taskflow/event-contracts'
import { anEvent, aTask } from '@taskflow/test-kit'
import { chainHash, chainStart } from '../src/domain/chain.ts'
import { startAuditLogger } from './audit-logger.ts'

type Service = Awaited<ReturnType<typeof startAuditLogger>>
const records = async ({ database }: Service) =>
  (
    await database.pool.query(
      'SELECT sequence::int, event_id, type, recorded, hash, data FROM audit.events ORDER BY sequence',
    )
  ).rows

test('every event is one record in a gap-free chain, however often and from where it is delivered', async (t) => {
  const service = await startAuditLogger(t)
  const events = Array.from({ length: 30 }, () => anEvent(taskCreated, { task: aTask() }))
  await Promise.all([
    service.deliver('task-events', events.slice(0, 20)),
    service.deliver('task-events', events.slice(10).toReversed()),
    service.deliver('task-events', events),
  ])
  const rows = await records(service)
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

test('a record holds the event: who, what, when, why, before and after', async (t) => {
  const service = await startAuditLogger(t)
  const task = aTask({ title: 'after', version: 2 })
  const event = { ...anEvent(taskUpdated, { task, changed: { title: ['before', 'after'] } }), causationid: 'cause' }
  await service.deliver('task-events', [event])
  const [row] = await records(service)
  const recorded = JSON.parse(row.recorded)
  assert.deepEqual(recorded, {
    sequence: 1,
    event_id: event.id,
    type: 'task.updated',
    source: '/taskflow/test',
    subject: task.id,
    user_id: task.user_id,
    time: '2026-01-01T00:00:00Z',
    correlation_id: event.correlationid,
    causation_id: 'cause',
    data: event.data,
  })
})

test('a completed recurring task, which comes on two topics, is recorded once', async (t) => {
  const service = await startAuditLogger(t)
  const event = anEvent(taskCompleted, { task: aTask({ is_completed: true }), changed: {} })
  await service.deliver('task-recurrence', [event])
  await service.deliver('task-events', [event])
  assert.equal((await records(service)).length, 1)
})

test('nobody changes or removes a record: the service may not, and the table refuses even its owner', async (t) => {
  const service = await startAuditLogger(t)
  await service.deliver('task-events', [anEvent(taskCreated, { task: aTask() })])
  for (const statement of ["UPDATE audit.events SET type = 'x'", 'DELETE FROM audit.events', 'TRUNCATE audit.events']) {
    await assert.rejects(service.deps.pool.query(statement), /permission denied/)
    await assert.rejects(service.database.pool.query(statement), /append-only/)
  }
})

test('asked through the mesh, it lists the records of one user only, in pages', async (t) => {
  const service = await startAuditLogger(t)
  const task = aTask()
  const own = [1, 2, 3].map((version) => anEvent(taskUpdated, { task: { ...task, version }, changed: {} }))
  await service.deliver('task-events', [...own, anEvent(taskCreated, { task: aTask() })])
  const ask = async (search: string) => {
    const answer = await service.asSidecar(`/audit/events?user_id=${task.user_id}&${search}`, {
      headers: { 'dapr-caller-app-id': 'chat-api' },
    })
    return (await answer.json()) as { data: { sequence: number }[]; next_cursor: string | null }
  }
  const first = await ask('limit=2')
  assert.deepEqual(
    first.data.map((row) => row.sequence),
    [3, 2],
  )
  const second = await ask(`limit=2&cursor=${first.next_cursor}`)
  assert.deepEqual([second.data.map((row) => row.sequence), second.next_cursor], [[1], null])
  assert.equal((await ask(`limit=9&task_id=${task.id}&type=task.updated`)).data.length, 3)
  assert.equal((await ask('limit=9&type=task.created')).data.length, 0)
  assert.equal((await fetch(`${service.url}/audit/events?user_id=${task.user_id}&limit=2`)).status, 401)
})
