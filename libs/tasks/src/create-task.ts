import { tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { v7 as uuidv7 } from 'uuid'
import type { NewTask } from './input.ts'
import { seriesOfTask } from './series/of-task.ts'
import { insertSeries } from './series/store-series.ts'
import { insertReminders, newReminder } from './store-reminders.ts'
import { append, taskEvents } from './task-events.ts'

/** Creates a task; with a recurrence rule it is the first of a new series. `time_zone` is used when none is given. */
export const createTask = async (
  tx: Tx,
  user: { user_id: string; time_zone: string },
  input: NewTask,
): Promise<Task> => {
  const now = tx.clock.now().toString()
  const { reminders: wished, ...given } = input
  const time_zone = given.time_zone ?? user.time_zone
  const reminders = wished.map((each) => newReminder(each, given.due_date, time_zone))
  const { user_id } = user
  const recurring =
    given.recurrence_rule === null
      ? undefined
      : await insertSeries(tx, { user_id, last_occurrence: 1, ...seriesOfTask({ ...given, time_zone }, wished, now) })
  const row = {
    id: uuidv7(),
    user_id,
    ...given,
    time_zone,
    is_completed: false,
    completed_at: null,
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
