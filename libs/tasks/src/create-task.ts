import { tasks } from '@taskflow/database'
import type { Reminder, Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { v7 as uuidv7 } from 'uuid'
import type { NewTask } from './input.ts'
import { seriesOfTask } from './series/of-task.ts'
import { insertSeries } from './series/store-series.ts'
import { insertReminders, newReminder } from './store-reminders.ts'
import { append, taskEvents } from './task-events.ts'

/** What a task brings along that comes from elsewhere. */
export interface Imported {
  id: string
  completed_at: string | null
}

/**
 * Creates a task; with a recurrence rule it is the first of a new series. `time_zone` is used when none is given. Reminders
 * of an imported task whose time has passed stay silent: nobody asked to be reminded of the past.
 */
export const createTask = async (
  tx: Tx,
  user: { user_id: string; time_zone: string },
  input: NewTask,
  imported?: Imported,
): Promise<Task> => {
  const now = tx.clock.now().toString()
  const { reminders: wished, ...given } = input
  const time_zone = given.time_zone ?? user.time_zone
  const completed_at = imported?.completed_at ?? null
  const isSilent = ({ at }: Reminder) =>
    completed_at !== null || (imported !== undefined && at !== null && Temporal.Instant.compare(at, now) <= 0)
  const reminders = wished.map((each) => {
    const reminder = newReminder(each, given.due_date, time_zone)
    return isSilent(reminder) ? { ...reminder, state: 'cancelled' as const } : reminder
  })
  const { user_id } = user
  const recurring =
    given.recurrence_rule === null
      ? undefined
      : await insertSeries(tx, { user_id, last_occurrence: 1, ...seriesOfTask({ ...given, time_zone }, wished, now) })
  const row = {
    id: imported?.id ?? uuidv7(),
    user_id,
    ...given,
    time_zone,
    is_completed: completed_at !== null,
    completed_at,
    series_id: recurring?.id ?? null,
    occurrence: recurring ? 1 : null,
    version: 1,
    created_at: now,
    updated_at: now,
  }
  await tx.insert(tasks).values(row)
  await insertReminders(tx, row.id, reminders)
  const task: Task = { ...row, reminders }
  await append(tx, taskEvents.created(task))
  return task
}
