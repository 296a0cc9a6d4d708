import { test } from 'node:test'
import { assertAdvertisedIsMounted } from '@taskflow/test-kit'
import { startReminderService } from '../testing/start-reminder-service.ts'

test('advertised routes are the mounted ones', async (t) => {
  await assertAdvertisedIsMounted(await startReminderService(t), ['task-events', 'user-events'])
})
