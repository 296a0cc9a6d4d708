import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { resumeCancelled } from './reminders/reminder-list.ts'
import { removeUntouched } from './series/remove-untouched.ts'
import { lockSeriesOfTask } from './series/store-series.ts'
import { changeTask } from './task/change-task.ts'
import { lockTask } from './task/find-task.ts'
import { taskEvents } from './task/task-events.ts'

/** What undoing a completion changes: cancelled reminders whose time is still to come are pending again. */
export const reopening = (task: Task, now: string): Partial<Task> => ({
  is_completed: false,
  completed_at: null,
  reminders: resumeCancelled(task.reminders, now),
})

/**
 * Reopens a completed task. The occurrence that followed it goes, unless somebody has changed it: there would be two
 * open ones. Reopening an open one changes nothing and publishes no event.
 */
export const reopenTask = async (tx: Tx, user_id: string, id: string, expectedVersion?: number): Promise<Task> => {
  const series = await lockSeriesOfTask(tx, user_id, id)
  const task = await lockTask(tx, user_id, id, expectedVersion)
  if (!task.is_completed) return task
  if (series?.mode === 'on_completion') await removeUntouched(tx, series.id, task.occurrence)
  return changeTask(tx, task, reopening(task, tx.clock.now().toString()), taskEvents.reopened)
}
