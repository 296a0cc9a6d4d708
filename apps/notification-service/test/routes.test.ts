import { test } from 'node:test'
import { assertAdvertisedIsMounted } from '@taskflow/test-kit'
import { startNotificationService } from '../testing/start-notification-service.ts'

test('advertised routes are the mounted ones', async (t) => {
  await assertAdvertisedIsMounted(await startNotificationService(t), ['task-reminders', 'user-events'])
})
