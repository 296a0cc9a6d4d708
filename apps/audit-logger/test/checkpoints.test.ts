import assert from 'node:assert/strict'
import { createPublicKey } from 'node:crypto'
import { appendFileSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { taskCreated } from '@taskflow/event-contracts'
import { ConfigError, createLog } from '@taskflow/service-kit'
import { anEvent, aTask, fakeClock } from '@taskflow/test-kit'
import { readConfig } from '../src/config.ts'
import { isSigned, parseCheckpoint, signingKey } from '../src/domain/checkpoint.ts'
import { startAuditLogger } from '../testing/start-audit-logger.ts'

type Service = Awaited<ReturnType<typeof startAuditLogger>>

const checkpointsOf = ({ env }: Service) =>
  readFileSync(env.AUDIT_CHECKPOINTS, 'utf8')
    .split('\n')
    .flatMap((line) => parseCheckpoint(line) ?? [])

const record = (service: Service, count = 1) =>
  service.deliver(
    'task-events',
    Array.from({ length: count }, () => anEvent(taskCreated, { task: aTask() })),
  )

test('the head of the chain is signed only when it has grown', async (t) => {
  const service = await startAuditLogger(t, { clock: fakeClock('2026-01-01T00:00:00Z') })
  const { processDue } = service.deps.checkpoints
  await processDue()
  await record(service, 3)
  await processDue()
  await processDue()
  await record(service, 2)
  await processDue()
  const checkpoints = checkpointsOf(service)
  const rows = await service.rows()
  assert.deepEqual(
    checkpoints.map(({ signature, ...signed }) => signed),
    [3, 5].map((sequence) => ({ sequence, hash: rows[sequence - 1].hash, time: '2026-01-01T00:00:00Z' })),
  )
  const key = createPublicKey(signingKey(service.env.AUDIT_SIGNING_KEY))
  assert.ok(checkpoints.every((each) => isSigned(key, each)))
  assert.ok(!isSigned(key, { ...checkpoints[0]!, sequence: 4 }))
})

test('a half-written line left by a crash corrupts neither the previous checkpoint nor the next', async (t) => {
  const service = await startAuditLogger(t)
  const { processDue } = service.deps.checkpoints
  await record(service)
  await processDue()
  appendFileSync(service.env.AUDIT_CHECKPOINTS, '{"sequence":2,"ha')
  await processDue()
  await record(service)
  await processDue()
  assert.deepEqual(
    checkpointsOf(service).map(({ sequence }) => sequence),
    [1, 2],
  )
})

test('a chain that lost signed records is not signed again, and an alert is raised', async (t) => {
  const log = createLog({ service: 'audit-logger', level: 'error' })
  log.silent = true
  const errors = t.mock.method(log, 'error', () => log)
  const service = await startAuditLogger(t, { log })
  await record(service, 3)
  await service.deps.checkpoints.processDue()
  await service.database.pool.query(
    'SET session_replication_role = replica; DELETE FROM audit.events; UPDATE audit.chain_head SET sequence = 1',
  )
  await service.deps.checkpoints.processDue()
  assert.equal(checkpointsOf(service).length, 1)
  assert.match(String(errors.mock.calls[0]?.arguments[0]), /not what was signed/)
})

test('fifty thousand new records wake the loop before its interval ends', async (t) => {
  const service = await startAuditLogger(t)
  await record(service)
  const { checkpoints } = service.deps
  const wake = t.mock.method(checkpoints, 'wake')
  for (const sequence of [49_999, 50_000, 50_001, 100_000]) checkpoints.recorded(sequence)
  assert.equal(wake.mock.callCount(), 2)
})

test('a setting that would make checkpoints worthless is rejected at startup', () => {
  const env = { AUDIT_KEY: 'short', AUDIT_SIGNING_KEY: 'no key' }
  assert.throws(
    () => readConfig(env),
    (error) =>
      error instanceof ConfigError &&
      ['AUDIT_KEY must be', 'AUDIT_SIGNING_KEY must be an Ed25519', 'AUDIT_CHECKPOINTS is not set'].every((problem) =>
        error.message.includes(problem),
      ),
  )
})
