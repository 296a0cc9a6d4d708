import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { findReminder, replaceReminder } from './reminders/reminder-list.ts'
import { changeTask } from './task/change-task.ts'
import { lockTask } from './task/find-task.ts'
import { taskEvents } from './task/task-events.ts'

/** Dismisses a reminder: it no longer fires. Dismissing it again changes nothing. Problem 404. */
export const dismissReminder = async (
  tx: Tx,
  user_id: string,
  task_id: string,
  reminder_id: string,
  expectedVersion?: number,
): Promise<Task> => {
  const task = await lockTask(tx, user_id, task_id, expectedVersion)
  const dismissed = { ...findReminder(task.reminders, reminder_id), state: 'dismissed' as const }
  return changeTask(tx, task, { reminders: replaceReminder(task.reminders, dismissed) }, taskEvents.updated)
}
