import type { taskCompleted } from '@taskflow/event-contracts'
import type { BaseDeps, Handler } from '@taskflow/service-kit'
import { createOccurrence, ifAffordable, isStillCompleted, lockSeries, occurrenceAfter } from '@taskflow/tasks'
import type { RecurrenceMetrics } from '../metrics.ts'

/**
 * Makes the next occurrence of a completed task: one task per (series, occurrence), however often the event arrives,
 * and none when the task was reopened since.
 */
export const onTaskCompleted =
  ({
    occurrences,
    log,
  }: Pick<RecurrenceMetrics, 'occurrences'> & Pick<BaseDeps, 'log'>): Handler<typeof taskCompleted> =>
  async ({ task }, tx) => {
    if (task.series_id === null) return
    const series = await lockSeries(tx, task.series_id)
    if (!series || series.user_id !== task.user_id) return
    if (!(await isStillCompleted(tx, task))) return
    // Trying again would fail again.
    const next = ifAffordable(
      () => occurrenceAfter(series, task, tx.clock.now().toString()),
      undefined,
      (error) => log.warn('no task follows in a series: its rule costs too much', { series_id: series.id, error }),
    )
    if (next && (await createOccurrence(tx, series, next))) {
      tx.afterCommit.push(() => occurrences.inc({ cause: 'completion' }))
    }
  }
