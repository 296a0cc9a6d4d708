import type { TestContext } from 'node:test'
import { startService, type TestDatabase } from '@taskflow/test-kit'
import { createApp } from '../src/app.ts'
import { readConfig } from '../src/config.ts'
import { createDeps, type Deps } from '../src/deps.ts'

/** The service with its real routes, on its own database or the given one. */
export const startReminderService = (
  t: Pick<TestContext, 'after'>,
  overrides: Partial<Deps> = {},
  database?: TestDatabase,
) => startService(t, 'reminder-service', { readConfig, createDeps, createApp }, overrides, database ? { database } : {})
