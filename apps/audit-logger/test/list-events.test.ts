import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { deadLetterParked, taskCreated, taskUpdated } from '@taskflow/event-contracts'
import { anEvent, aTask } from '@taskflow/test-kit'
import { chainHash, chainStart, recordedText } from '../src/domain/chain.ts'
import { startAuditLogger } from '../testing/start-audit-logger.ts'

type Records = { sequence: number }[]
const sequences = (records: Records) => records.map(({ sequence }) => sequence)

test('lists the records of one user only, in pages, when invoked through the mesh', async (t) => {
  const service = await startAuditLogger(t)
  const task = aTask()
  const own = [1, 2, 3].map((version) => anEvent(taskUpdated, { task: { ...task, version }, changed: {} }))
  await service.deliver('task-events', [...own, anEvent(taskCreated, { task: aTask() })])
  const ask = async (search: string) =>
    (await service.ask(`/audit/events?user_id=${task.user_id}&${search}`)).body as {
      data: Records
      next_cursor: string | null
    }
  const first = await ask('limit=2')
  assert.deepEqual(sequences(first.data), [3, 2])
  const second = await ask(`limit=2&cursor=${first.next_cursor}`)
  assert.deepEqual([sequences(second.data), second.next_cursor], [[1], null])
  const oldest = await ask('limit=2&order=oldest')
  assert.deepEqual(sequences(oldest.data), [1, 2])
  assert.deepEqual(sequences((await ask(`limit=2&order=oldest&cursor=${oldest.next_cursor}`)).data), [3])
  assert.equal((await ask(`limit=9&task_id=${task.id}&type=task.updated`)).data.length, 3)
  assert.equal((await ask('limit=9&type=task.created')).data.length, 0)
  assert.equal((await fetch(`${service.url}/audit/events?user_id=${task.user_id}&limit=2`)).status, 401)
})

test('filters records by time and correlation, across all users when no user is given', async (t) => {
  const service = await startAuditLogger(t)
  const at = (time: string) => anEvent(taskCreated, { task: aTask() }, { time })
  const events = [at('2026-01-01T00:00:00Z'), at('2026-01-02T00:00:00Z'), at('2026-01-03T00:00:00Z')]
  events[2]!.correlationid = events[1]!.correlationid
  await service.deliver('task-events', events)
  const find = async (search: string) => sequences((await service.ask(`/audit/events?limit=9&${search}`)).body.data)
  assert.deepEqual(await find(''), [3, 2, 1])
  assert.deepEqual(await find('from=2026-01-02T00:00:00Z&to=2026-01-03T00:00:00Z'), [2])
  assert.deepEqual(await find(`from=${encodeURIComponent('2026-01-02T01:00:00+01:00')}`), [3, 2])
  assert.deepEqual(await find(`correlation_id=${events[1]!.correlationid}`), [3, 2])
  assert.deepEqual(await find(`user_id=${randomUUID()}`), [])
  assert.deepEqual(await find(`event_id=${events[0]!.id}`), [1])
  assert.deepEqual(await find('type=task.created&type=task.updated&after=1'), [3, 2])
  assert.deepEqual(await find('type=task.updated&type=task.deleted'), [])
})

test('a record without a user is sealed too and can be read', async (t) => {
  const service = await startAuditLogger(t)
  const payload = {
    consumer: 'reminder-service',
    event_id: 'x',
    event_type: null,
    topic: 'task-events',
    partition: 0,
    offset: '7',
    reason: 'not JSON: Secret',
    attempts: 0,
  }
  await service.deliver('dead-letters', [anEvent(deadLetterParked, payload)])
  assert.doesNotMatch(JSON.stringify(await service.rows()), /Secret/)
  const [record] = (await service.ask('/audit/events?limit=1')).body.data
  assert.equal(record.data.reason, 'not JSON: Secret')
})

test('sealed records list what the chain covers, page by page', async (t) => {
  const service = await startAuditLogger(t)
  await service.deliver(
    'task-events',
    Array.from({ length: 5 }, () => anEvent(taskCreated, { task: aTask({ title: 'Secret' }) })),
  )
  let [previous, cursor, seen] = [chainStart, '', 0]
  do {
    const { body } = await service.ask(`/audit/events?sealed=true&order=oldest&limit=2${cursor}`)
    assert.doesNotMatch(JSON.stringify(body), /Secret/)
    for (const { hash, ...record } of body.data) {
      assert.equal(chainHash(previous, recordedText(record)), hash)
      previous = hash
      seen++
    }
    cursor = body.next_cursor && `&cursor=${body.next_cursor}`
  } while (cursor)
  assert.equal(seen, 5)
})
