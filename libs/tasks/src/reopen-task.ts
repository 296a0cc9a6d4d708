import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { changeTask } from './change-task.ts'
import { lockTask } from './find-task.ts'
import { requireVersion } from './require-version.ts'
import { taskEvents } from './task-events.ts'

/** Takes a completion back; reminders that it cancelled and whose time is still to come are pending again. */
export const reopenTask = async (tx: Tx, user_id: string, id: string, expectedVersion?: number): Promise<Task> => {
  const task = await lockTask(tx, user_id, id)
  requireVersion(task, expectedVersion)
  if (!task.is_completed) return task
  const now = tx.clock.now().epochMilliseconds
  const isAhead = (at: string | null) => at === null || Temporal.Instant.from(at).epochMilliseconds > now
  return changeTask(
    tx,
    task,
    {
      is_completed: false,
      completed_at: null,
      reminders: task.reminders.map((each) =>
        each.state === 'cancelled' && isAhead(each.at) ? { ...each, state: 'pending' } : each,
      ),
    },
    taskEvents.reopened,
  )
}
