import type { taskCompleted } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { createOccurrence, lockSeries, occurrenceAfter } from '@taskflow/tasks'
import type { RecurrenceMetrics } from '../metrics.ts'

/**
 * Makes the next occurrence of a completed task: one task per (series, occurrence), however often the event arrives.
 */
export const onTaskCompleted =
  ({ occurrences }: RecurrenceMetrics): Handler<typeof taskCompleted> =>
  async ({ task }, tx) => {
    if (task.series_id === null) return
    const series = await lockSeries(tx, task.series_id)
    if (!series || series.user_id !== task.user_id) return
    const next = occurrenceAfter(series, task, tx.clock.now().toString())
    if (next && (await createOccurrence(tx, series, next))) {
      tx.afterCommit.push(() => occurrences.inc({ cause: 'completion' }))
    }
  }
