import type { TestContext } from 'node:test'
import {
  type BaseDeps,
  configReader,
  createBaseDeps,
  createServiceApp,
  type ServiceDefinition,
  type Subscription,
} from '@taskflow/service-kit'
import { startService, type TestDatabase } from '@taskflow/test-kit'

/** A service with the given subscriptions and endpoints, and the rights and tables of recurring-processor. */
export const startTestService = (
  t: Pick<TestContext, 'after'>,
  parts: Partial<Omit<ServiceDefinition, 'deps'>> & { subscriptions: Subscription[] },
  overrides: Partial<BaseDeps> = {},
  options: { database?: TestDatabase } = {},
) =>
  startService(
    t,
    'recurring-processor',
    {
      readConfig: configReader('recurring-processor', {}),
      createDeps: createBaseDeps,
      createApp: (deps) => createServiceApp({ deps, loops: [], api: [], ...parts }),
    },
    overrides,
    options,
  )
