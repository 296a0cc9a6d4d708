import { reminders as table } from '@taskflow/database'
import type { Reminder, Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import type { ReminderInput } from './input.ts'
import { offsetOf, reminderTime } from './reminder-time.ts'

/** A reminder as wished for, with its time. */
export const newReminder = (input: ReminderInput, due_date: string | null, time_zone: string): Reminder => {
  const reminder = { type: input.type, offset: offsetOf(input), at: input.at ?? null }
  return { id: uuidv7(), ...reminder, at: reminderTime(reminder, due_date, time_zone), state: 'pending' }
}

/** Writes the reminders of a new task. */
export const insertReminders = async (tx: Tx, task_id: string, reminders: Reminder[]): Promise<void> => {
  if (reminders.length === 0) return
  await tx.insert(table).values(reminders.map((reminder, position) => ({ ...reminder, task_id, position })))
}

/** Makes the reminders of a task these. */
export const replaceReminders = async (tx: Tx, task_id: string, reminders: Reminder[]): Promise<void> => {
  await tx.delete(table).where(eq(table.task_id, task_id))
  await insertReminders(tx, task_id, reminders)
}

/**
 * The wished reminders; one that is there already keeps its id and state, so that sending the same list again does
 * not remind a second time.
 */
export const mergeReminders = (
  present: Reminder[],
  wished: ReminderInput[],
  due_date: string | null,
  time_zone: string,
): Reminder[] => {
  const left = [...present]
  return wished.map((input) => {
    const fresh = newReminder(input, due_date, time_zone)
    const index = left.findIndex(
      (each) =>
        each.type === fresh.type && each.offset === fresh.offset && (each.type !== 'at' || each.at === fresh.at),
    )
    return index < 0 ? fresh : left.splice(index, 1)[0]!
  })
}

type DueDate = Pick<Task, 'due_date' | 'time_zone'>

/**
 * Moves relative reminders with the due date. One that gets another time is pending again, unless it was dismissed. While
 * the due date stays, so does a reminder that was put off.
 */
export const moveReminders = (present: Reminder[], before: DueDate, after: DueDate): Reminder[] =>
  present.map((reminder) => {
    const at = reminderTime(reminder, after.due_date, after.time_zone)
    const stays = at === reminderTime(reminder, before.due_date, before.time_zone)
    if (stays || at === reminder.at) return reminder
    return { ...reminder, at, state: reminder.state === 'dismissed' ? 'dismissed' : 'pending' }
  })
