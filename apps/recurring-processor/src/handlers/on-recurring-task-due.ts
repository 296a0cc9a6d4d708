import type { recurringTaskDue } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { createOccurrence, dueFrom, lockSeries } from '@taskflow/tasks'
import type { RecurrenceMetrics } from '../metrics.ts'

/**
 * The date of a series in on_schedule mode has come. Its task exists by now, unless it could not be made with the
 * announcement or a replica of an earlier release announced it: then it is made here, if the series still exists.
 */
export const onRecurringTaskDue =
  ({ occurrences }: Pick<RecurrenceMetrics, 'occurrences'>): Handler<typeof recurringTaskDue> =>
  async ({ recurring_task, occurrence, ...due }, tx) => {
    const series = await lockSeries(tx, recurring_task.id)
    if (!series || series.deleted_at !== null || series.user_id !== recurring_task.user_id) return
    const date = dueFrom({ ...due, time_zone: recurring_task.time_zone })
    if (date !== null && (await createOccurrence(tx, series, { occurrence, date }))) {
      tx.afterCommit.push(() => occurrences.inc({ cause: 'schedule' }))
    }
  }
