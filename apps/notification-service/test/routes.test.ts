import { test } from 'node:test'
import { assertAdvertisedIsMounted } from '@taskflow/test-kit'
import { startNotificationService } from './notification-service.ts'

test('advertised routes are the mounted ones', async (t) => {
  await assertAdvertisedIsMounted(await startNotificationService(t), ['task-reminders', 'user-events'])
})
