import { reminders as table } from '@taskflow/database'
import type { Reminder } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'

/** Writes the reminders of a new task. */
export const insertReminders = async (tx: Tx, task_id: string, reminders: Reminder[]): Promise<void> => {
  if (reminders.length === 0) return
  await tx.insert(table).values(reminders.map((reminder, position) => ({ ...reminder, task_id, position })))
}

/** Replaces the reminders of a task. */
export const replaceReminders = async (tx: Tx, task_id: string, reminders: Reminder[]): Promise<void> => {
  await tx.delete(table).where(eq(table.task_id, task_id))
  await insertReminders(tx, task_id, reminders)
}
