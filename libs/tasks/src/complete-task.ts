import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { changeTask } from './change-task.ts'
import { lockTask } from './find-task.ts'
import { requireVersion } from './require-version.ts'
import { taskEvents } from './task-events.ts'

/** Completes a task; its waiting reminders are cancelled. Completing it again changes nothing and tells nobody. */
export const completeTask = async (tx: Tx, user_id: string, id: string, expectedVersion?: number): Promise<Task> => {
  const task = await lockTask(tx, user_id, id)
  requireVersion(task, expectedVersion)
  if (task.is_completed) return task
  return changeTask(
    tx,
    task,
    {
      is_completed: true,
      completed_at: tx.clock.now().toString(),
      reminders: task.reminders.map((each) => (each.state === 'pending' ? { ...each, state: 'cancelled' } : each)),
    },
    taskEvents.completed,
  )
}
