import { test } from 'node:test'
import { assertAdvertisedIsMounted } from '@taskflow/test-kit'
import { startAuditLogger } from '../testing/start-audit-logger.ts'

test('advertised routes are the mounted ones', async (t) => {
  await assertAdvertisedIsMounted(await startAuditLogger(t), [
    'task-events',
    'task-recurrence',
    'task-reminders',
    'user-events',
    'dead-letters',
  ])
})
