import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { resumeCancelled } from './reminders/reminder-list.ts'
import { changeTask } from './task/change-task.ts'
import { lockTask } from './task/find-task.ts'
import { taskEvents } from './task/task-events.ts'

/** What undoing a completion changes: cancelled reminders whose time is still to come are pending again. */
export const reopening = (task: Task, now: string): Partial<Task> => ({
  is_completed: false,
  completed_at: null,
  reminders: resumeCancelled(task.reminders, now),
})

/** Reopens a completed task. Reopening an open one changes nothing and publishes no event. */
export const reopenTask = async (tx: Tx, user_id: string, id: string, expectedVersion?: number): Promise<Task> => {
  const task = await lockTask(tx, user_id, id, expectedVersion)
  if (!task.is_completed) return task
  return changeTask(tx, task, reopening(task, tx.clock.now().toString()), taskEvents.reopened)
}
