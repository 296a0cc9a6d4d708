import { type SeriesRow, tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { v7 as uuidv7 } from 'uuid'
import { insertReminders, newReminder } from '../store-reminders.ts'
import { append, taskEvents } from '../task-events.ts'
import { fieldsOfSeries } from './template.ts'

/**
 * Makes the task of an occurrence of a locked series. Answers undefined when it exists already: there is one task per
 * (series, occurrence), however often this is called.
 */
export const createOccurrence = async (
  tx: Tx,
  series: SeriesRow,
  next: { occurrence: number; due_date: string },
): Promise<Task | undefined> => {
  const now = tx.clock.now()
  const row = {
    ...fieldsOfSeries(series),
    id: uuidv7(),
    due_date: next.due_date,
    series_id: series.id,
    occurrence: next.occurrence,
    is_completed: false,
    completed_at: null,
    version: 1,
    created_at: now.toString(),
    updated_at: now.toString(),
  }
  const inserted = await tx.insert(tasks).values(row).onConflictDoNothing().returning({ id: tasks.id })
  if (inserted.length === 0) return undefined
  const reminders = series.reminders.map((each) => {
    const reminder = newReminder(each, next.due_date, row.time_zone)
    const isPast = reminder.at !== null && Temporal.Instant.compare(reminder.at, now) <= 0
    // Nobody asked for a reminder of an occurrence that was already due when it was made.
    return isPast ? { ...reminder, state: 'cancelled' as const } : reminder
  })
  await insertReminders(tx, row.id, reminders)
  const task: Task = { ...row, reminders }
  await append(tx, taskEvents.created(task))
  return task
}
