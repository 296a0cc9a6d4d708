import { type SeriesRow, tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { v7 as uuidv7 } from 'uuid'
import { cancelPassed, newReminder } from '../reminders/reminder-list.ts'
import { insertReminders } from '../reminders/store-reminders.ts'
import { toColumns } from '../task/record.ts'
import { appendToTasksOutbox, taskEvents } from '../task/task-events.ts'
import type { NextOccurrence } from './next-date.ts'
import { dueAt, dueInSeries } from './schedule.ts'
import { taskFields } from './series-fields.ts'

/** The task of an occurrence. Reminders whose time has passed when it is created do not fire. */
export const taskOfOccurrence = (series: SeriesRow, next: NextOccurrence, now: string): Task => ({
  ...taskFields(series),
  id: uuidv7(),
  ...dueAt(series, next.date),
  series_id: series.id,
  occurrence: next.occurrence,
  is_completed: false,
  completed_at: null,
  version: 1,
  created_at: now,
  updated_at: now,
  reminders: cancelPassed(
    series.reminders.map((each) => newReminder(each, dueInSeries(series, next.date))),
    now,
  ),
})

/**
 * Creates the task of an occurrence of a locked series. Returns undefined when it exists already: there is one task per
 * (series, occurrence), however often this is called.
 */
export const createOccurrence = async (tx: Tx, series: SeriesRow, next: NextOccurrence): Promise<Task | undefined> => {
  const task = taskOfOccurrence(series, next, tx.clock.now().toString())
  const inserted = await tx.insert(tasks).values(toColumns(task)).onConflictDoNothing().returning({ id: tasks.id })
  if (inserted.length === 0) return undefined
  await insertReminders(tx, task.id, task.reminders)
  await appendToTasksOutbox(tx, taskEvents.created(task))
  return task
}
