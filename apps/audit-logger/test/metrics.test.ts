import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskCreated } from '@taskflow/event-contracts'
import { anEvent, aTask, scrape } from '@taskflow/test-kit'
import { verifyInBackground } from '../src/loops/verify-in-background.ts'
import { startAuditLogger } from '../testing/start-audit-logger.ts'

test('metrics report the chain length, how far it is signed and verified, and whether it is intact', async (t) => {
  const service = await startAuditLogger(t)
  const events = Array.from({ length: 3 }, () => anEvent(taskCreated, { task: aTask() }))
  await service.deliver('task-events', events)
  await service.deps.checkpoints.processDue()
  const verification = verifyInBackground({ ...service.deps, batchSize: 2 })
  await verification.processDue()
  const whole = await scrape(service.url)
  assert.deepEqual(
    ['chain_position', 'checkpoint_position', 'chain_verified_position', 'chain_intact'].map((name) =>
      whole(`taskflow_audit_${name}`),
    ),
    [3, 3, 2, 1],
  )
  await service.database.pool.query(
    `SET session_replication_role = replica; UPDATE audit.events SET recorded = '{}' WHERE sequence = 3; RESET ALL`,
  )
  await verification.processDue()
  assert.equal((await scrape(service.url))('taskflow_audit_chain_intact'), 0)
})
