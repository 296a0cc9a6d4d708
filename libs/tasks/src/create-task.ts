import { tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { v7 as uuidv7 } from 'uuid'
import type { NewTask } from './input/task-input.ts'
import { cancelPassed, cancelPending, newReminder } from './reminders/reminder-list.ts'
import { insertReminders } from './reminders/store-reminders.ts'
import { seriesFromTask } from './series/series-from-task.ts'
import { insertSeries } from './series/store-series.ts'
import { toColumns } from './task/record.ts'
import { appendToTasksOutbox, taskEvents } from './task/task-events.ts'

export interface Owner {
  user_id: string
  /** Used when the input names none. */
  time_zone: string
  /** Used when the input names none: 09:00 by default. */
  reminder_time?: string | undefined
}

/** What an imported task brings along. */
export interface Imported {
  id: string
  completed_at: string | null
}

/**
 * The first version of a task, before it belongs to a series. Reminders of an imported task do not fire if their time
 * has passed or the task is completed.
 */
export const newTask = (owner: Owner, input: NewTask, now: string, imported?: Imported): Task => {
  const { reminders: inputs, ...given } = input
  const time_zone = given.time_zone ?? owner.time_zone
  const completed_at = imported?.completed_at ?? null
  const reminder_time = given.reminder_time ?? owner.reminder_time ?? '09:00'
  const reminders = inputs.map((each) => newReminder(each, { ...given, time_zone, reminder_time }))
  return {
    id: imported?.id ?? uuidv7(),
    user_id: owner.user_id,
    ...given,
    time_zone,
    reminder_time,
    is_completed: completed_at !== null,
    completed_at,
    series_id: null,
    occurrence: null,
    version: 1,
    created_at: now,
    updated_at: now,
    reminders: completed_at !== null ? cancelPending(reminders) : imported ? cancelPassed(reminders, now) : reminders,
  }
}

/** Creates a task. With a recurrence rule it is the first of a new series. */
export const createTask = async (tx: Tx, owner: Owner, input: NewTask, imported?: Imported): Promise<Task> => {
  const now = tx.clock.now().toString()
  const single = newTask(owner, input, now, imported)
  const series =
    single.recurrence_rule === null
      ? undefined
      : await insertSeries(tx, { ...seriesFromTask(single, input.reminders, now), user_id: owner.user_id })
  const task = series ? { ...single, series_id: series.id, occurrence: 1 } : single
  await tx.insert(tasks).values(toColumns(task))
  await insertReminders(tx, task.id, task.reminders)
  await appendToTasksOutbox(tx, taskEvents.created(task))
  return task
}
