import { type BaseDeps, createBaseDeps, type Loop } from '@taskflow/service-kit'
import type { readConfig } from './config.ts'
import { dueSeries } from './loops/due-series.ts'
import { createRecurrenceMetrics, type RecurrenceMetrics } from './metrics.ts'

export interface Deps extends BaseDeps, RecurrenceMetrics {
  /** Makes the tasks that are due; woken when a schedule changes. */
  dueSeries: Loop
}

export const createDeps = (config: ReturnType<typeof readConfig>, overrides: Partial<Deps> = {}): Deps => {
  const base = createBaseDeps(config, overrides)
  const metrics = createRecurrenceMetrics(base)
  return { ...base, ...metrics, dueSeries: overrides.dueSeries ?? dueSeries({ ...base, ...metrics }) }
}
