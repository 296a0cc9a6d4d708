import type { recurringTaskDue } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { createOccurrence, newestOfSeries } from '@taskflow/tasks'

/** The date of a series in on_schedule mode has come: its task is made, like the newest one of the series. */
export const onRecurringTaskDue: Handler<typeof recurringTaskDue> = async (
  { recurring_task, occurrence, due_date },
  tx,
) => {
  const model = await newestOfSeries(tx, recurring_task.id)
  if (model && model.user_id === recurring_task.user_id) {
    const { deleted_at: _, ...task } = model
    await createOccurrence(tx, task, { occurrence, due_date })
  }
}
