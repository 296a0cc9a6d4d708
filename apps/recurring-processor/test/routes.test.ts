import { test } from 'node:test'
import { assertAdvertisedIsMounted } from '@taskflow/test-kit'
import { startRecurringProcessor } from '../testing/start-recurring-processor.ts'

test('advertised routes are the mounted ones', async (t) => {
  await assertAdvertisedIsMounted(await startRecurringProcessor(t), ['task-recurrence', 'user-events'])
})
