import { type BaseDeps, createBaseDeps, createDatabaseClock, type Loop } from '@taskflow/service-kit'
import type { readConfig } from './config.ts'
import { type CatchUp, createCatchUp } from './domain/catch-up.ts'
import { dueReminders } from './loops/due-reminders.ts'
import { createReminderMetrics, type ReminderMetrics } from './metrics.ts'

export interface Deps extends BaseDeps, ReminderMetrics {
  catchUp: CatchUp
  /** Fires due reminders; woken when the schedule changes. */
  dueReminders: Loop
}

export const createDeps = (config: ReturnType<typeof readConfig>, overrides: Partial<Deps> = {}): Deps => {
  const base = createBaseDeps(config, { ...overrides, clock: overrides.clock ?? createDatabaseClock() })
  const catchUp = overrides.catchUp ?? createCatchUp(base.clock)
  const own = { ...base, ...createReminderMetrics(base), catchUp }
  return { ...own, dueReminders: overrides.dueReminders ?? dueReminders(own) }
}
