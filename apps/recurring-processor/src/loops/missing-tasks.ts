import { type BaseDeps, createLoop, type Loop } from '@taskflow/service-kit'
import { findSeriesWithoutTask, makeMissingTask } from '@taskflow/tasks'
import type { RecurrenceMetrics } from '../metrics.ts'

/** Series that one step looks at, and the most tasks that it makes. */
const page = 1_000
const most = 100
/** Milliseconds between steps, and between passes over all series. */
const pace = 5_000
const interval = 300_000

/** By then the completion of a task has been handled, unless its event is parked or held up. */
const patience = Temporal.Duration.from({ minutes: 5 })

/**
 * Looks through all series for active ones without an open task, whose next one was never made: its event was parked or
 * discarded, or its task deleted by an earlier release. Any number of replicas may run it: a series is locked, and has
 * one task of each number.
 */
export const missingTasks = (
  deps: Pick<BaseDeps, 'transaction' | 'db' | 'clock' | 'log'> & Pick<RecurrenceMetrics, 'occurrences'>,
): Loop => {
  const { transaction, db, clock, log, occurrences } = deps
  let after: string | undefined
  const make = async (series_id: string): Promise<void> => {
    const task = await transaction((tx) => makeMissingTask(tx, series_id))
    if (!task) return
    occurrences.inc({ cause: 'reconciled' })
    log.warn('a recurring task had no open task; its next one was made', { series_id, task_id: task.id })
  }
  return createLoop({
    name: 'missing tasks',
    maxWait: interval,
    onError: (error) => log.warn('recurring tasks without an open task could not be looked for', { error }),
    step: async (signal) => {
      const before = clock.now().subtract(patience).toString()
      const { ids, last } = await findSeriesWithoutTask(db, { after, limit: page, before })
      for (const series_id of ids.slice(0, most)) {
        if (signal.aborted) break
        // One series must not hold up those behind it.
        await make(series_id).catch((error) => log.warn('a missing task could not be made', { series_id, error }))
      }
      after = ids.length > most ? ids[most - 1] : last
      return after === undefined ? interval : pace
    },
  })
}
