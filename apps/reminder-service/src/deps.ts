import { type BaseDeps, createBaseDeps, type Loop } from '@taskflow/service-kit'
import type { readConfig } from './config.ts'
import { dueReminders } from './loops/due-reminders.ts'

export interface Deps extends BaseDeps {
  /** Fires what is due; woken when the schedule changes. */
  dueReminders: Loop
}

export const createDeps = (config: ReturnType<typeof readConfig>, overrides: Partial<Deps> = {}): Deps => {
  const base = createBaseDeps(config, overrides)
  return { ...base, dueReminders: overrides.dueReminders ?? dueReminders(base) }
}
