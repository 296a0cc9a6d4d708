import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { changeTask } from './change-task.ts'
import { lockTask } from './find-task.ts'
import { requireVersion } from './require-version.ts'
import { unknownReminder } from './snooze-reminder.ts'
import { taskEvents } from './task-events.ts'

/** Dismisses a reminder: it does not fire any more. Dismissing it again changes nothing. Problem 404. */
export const dismissReminder = async (
  tx: Tx,
  user_id: string,
  task_id: string,
  reminder_id: string,
  expectedVersion?: number,
): Promise<Task> => {
  const task = await lockTask(tx, user_id, task_id)
  requireVersion(task, expectedVersion)
  if (!task.reminders.some((each) => each.id === reminder_id)) throw unknownReminder()
  return changeTask(
    tx,
    task,
    { reminders: task.reminders.map((each) => (each.id === reminder_id ? { ...each, state: 'dismissed' } : each)) },
    taskEvents.updated,
  )
}
