import type { taskCompleted } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { createOccurrence, dateAfterTask, lockSeries } from '@taskflow/tasks'
import type { RecurrenceMetrics } from '../metrics.ts'

/** A completed task of a series begets the next occurrence: one task per (series, occurrence), however often the event arrives. */
export const onTaskCompleted =
  ({ occurrences }: RecurrenceMetrics): Handler<typeof taskCompleted> =>
  async ({ task }, tx) => {
    if (task.series_id === null || task.occurrence === null) return
    const series = await lockSeries(tx, task.series_id)
    if (!series?.is_active || series.mode !== 'on_completion' || series.user_id !== task.user_id) return
    const due_date = dateAfterTask(series, task, tx.clock.now().toString())
    if (due_date && (await createOccurrence(tx, series, { occurrence: task.occurrence + 1, due_date }))) {
      tx.afterCommit.push(() => occurrences.inc({ cause: 'completion' }))
    }
  }
