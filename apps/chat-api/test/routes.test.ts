import { test } from 'node:test'
import { assertAdvertisedIsMounted } from '@taskflow/test-kit'
import { startChatApi } from '../testing/start-chat-api.ts'

test('advertised routes are the mounted ones', async (t) => {
  await assertAdvertisedIsMounted((await startChatApi(t)).service, ['task-events', 'task-reminders'])
})
