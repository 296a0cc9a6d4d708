import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { taskCreated } from '@taskflow/event-contracts'
import { createLog } from '@taskflow/service-kit'
import { anEvent, aTask, fakeClock } from '@taskflow/test-kit'
import { verifyInBackground } from '../src/loops/verify-in-background.ts'
import { startAuditLogger } from '../testing/start-audit-logger.ts'

/** A chain of `count` records, verified in batches of two. */
const start = async (t: TestContext, count: number) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const log = createLog({ service: 'audit-logger', level: 'error' })
  log.silent = true
  const errors = t.mock.method(log, 'error', () => log)
  const service = await startAuditLogger(t, { clock, log })
  const record = (more: number) =>
    service.deliver(
      'task-events',
      Array.from({ length: more }, () => anEvent(taskCreated, { task: aTask({ priority: 'low' }) })),
    )
  await record(count)
  const loop = verifyInBackground({ ...service.deps, batchSize: 2 })
  return {
    service,
    clock,
    record,
    /** What operators are alerted to. */
    errors: () =>
      errors.mock.calls.map((call) => (call.arguments as unknown as [string, { sequence: number }])[1].sequence),
    verify: async (pieces = 1) => {
      for (let piece = 0; piece < pieces; piece++) await loop.processDue()
    },
    state: async () => (await service.ask('/audit/chain')).body,
    /** Acts as the database owner. */
    tamper: (sql: string) => service.database.pool.query(`SET session_replication_role = replica; ${sql}; RESET ALL`),
  }
}

const change = (sequence: number, from = 'low', to = 'high') =>
  `UPDATE audit.events SET recorded = replace(recorded, '"${from}"', '"${to}"') WHERE sequence = ${sequence}`

test('the chain is verified in batches, then continues with new records', async (t) => {
  const { verify, state, record, errors } = await start(t, 5)
  await verify()
  assert.deepEqual((await state()).verification, {
    verified_to: 2,
    verified_at: '2026-01-01T00:00:00Z',
    begun_at: '2026-01-01T00:00:00Z',
    first_bad: null,
  })
  await verify(2)
  assert.equal((await state()).verification.verified_to, 5)
  await record(1)
  await verify(2)
  const { length, verification } = await state()
  assert.deepEqual([length, verification.verified_to, verification.first_bad, errors()], [6, 6, null, []])
})

test('a changed record is reported once, and nothing after it counts as verified', async (t) => {
  const { verify, state, tamper, errors } = await start(t, 8)
  await tamper(change(5))
  await verify(6)
  const { verified_to, first_bad } = (await state()).verification
  assert.deepEqual([verified_to, first_bad.sequence, first_bad.kind], [4, 5, 'changed'])
  assert.deepEqual(errors(), [5])
})

test('a change to an index column is detected too', async (t) => {
  const { verify, state, tamper } = await start(t, 3)
  await tamper('UPDATE audit.events SET user_id = gen_random_uuid() WHERE sequence = 3')
  await verify(2)
  assert.equal((await state()).verification.first_bad.sequence, 3)
})

test('the whole chain is verified again daily: later changes and repairs of verified records both show', async (t) => {
  const { verify, state, tamper, clock, errors } = await start(t, 5)
  await verify(3)
  await tamper(change(3))
  await verify(3)
  assert.equal((await state()).verification.first_bad, null)
  clock.advance({ hours: 24, seconds: 1 })
  await verify(4)
  assert.equal((await state()).verification.first_bad.sequence, 3)
  await tamper(change(3, 'high', 'low'))
  clock.advance({ hours: 25 })
  await verify()
  assert.equal((await state()).verification.first_bad.sequence, 3, 'not verified again yet')
  await verify(2)
  const { verified_to, first_bad } = (await state()).verification
  assert.deepEqual([verified_to, first_bad, errors()], [5, null, [3]])
})

test('a truncated chain is detected, whether or not its head was reset', async (t) => {
  const { verify, state, tamper, clock } = await start(t, 6)
  await verify(3)
  await tamper(`DELETE FROM audit.events WHERE sequence > 4; UPDATE audit.chain_head SET (sequence, hash) =
                (SELECT sequence, hash FROM audit.events WHERE sequence = 4)`)
  await verify()
  const { first_bad } = (await state()).verification
  assert.deepEqual([first_bad.kind, first_bad.sequence], ['truncated', 5])
  clock.advance({ hours: 25 })
  await verify(3)
  assert.deepEqual((await state()).verification.first_bad, first_bad, 'the rest is consistent but incomplete')
  await tamper('UPDATE audit.chain_head SET sequence = 6')
  clock.advance({ hours: 25 })
  await verify(3)
  const later = (await state()).verification.first_bad
  assert.deepEqual([later.kind, later.sequence], ['missing', 5])
})

test('verification yields to another replica, and recording waits for neither', async (t) => {
  const { service, verify, state, record } = await start(t, 2)
  const client = await service.database.pool.connect()
  await client.query('BEGIN; SELECT FROM audit.verification FOR UPDATE')
  await verify()
  await record(1)
  await client.query('ROLLBACK')
  client.release()
  const { length, verification } = await state()
  assert.deepEqual([length, verification.verified_to], [3, 0])
})

test('the chain state reports its head and its last signed record', async (t) => {
  const { service, state, tamper, record } = await start(t, 2)
  assert.equal((await state()).checkpoint, null)
  await service.deps.checkpoints.processDue()
  await record(1)
  const { length, hash, checkpoint } = await state()
  assert.deepEqual(
    [length, hash, checkpoint],
    [3, (await service.rows())[2].hash, { sequence: 2, time: '2026-01-01T00:00:00Z', is_signed: true, holds: true }],
  )
  await tamper(`UPDATE audit.events SET hash = repeat('f', 64) WHERE sequence = 2`)
  assert.equal((await state()).checkpoint.holds, false)
})
