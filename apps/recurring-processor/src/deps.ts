import { type BaseDeps, createBaseDeps, type Loop } from '@taskflow/service-kit'
import type { OccurrenceLimits } from '@taskflow/tasks'
import type { readConfig } from './config.ts'
import { dueSeries } from './loops/due-series.ts'
import { createRecurrenceMetrics, type RecurrenceMetrics } from './metrics.ts'

export interface Deps extends BaseDeps, RecurrenceMetrics {
  occurrenceLimits: OccurrenceLimits
  /** Makes the tasks that are due; woken when a schedule changes. */
  dueSeries: Loop
}

export const createDeps = (config: ReturnType<typeof readConfig>, overrides: Partial<Deps> = {}): Deps => {
  const base = createBaseDeps(config, overrides)
  const metrics = createRecurrenceMetrics(base)
  const occurrenceLimits = overrides.occurrenceLimits ?? {
    perDay: config.OCCURRENCES_PER_DAY,
    open_tasks: config.QUOTA_OPEN_TASKS,
  }
  const own = { ...base, ...metrics, occurrenceLimits }
  return { ...own, dueSeries: overrides.dueSeries ?? dueSeries(own) }
}
