import type { recurringTaskDue } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { createOccurrence, lockSeries } from '@taskflow/tasks'

/** The date of a series in on_schedule mode has come: its task is made, unless the series is gone meanwhile. */
export const onRecurringTaskDue: Handler<typeof recurringTaskDue> = async (
  { recurring_task, occurrence, due_date },
  tx,
) => {
  const series = await lockSeries(tx, recurring_task.id)
  if (!series || series.deleted_at !== null || series.user_id !== recurring_task.user_id) return
  await createOccurrence(tx, series, { occurrence, due_date })
}
