import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import type { Deps } from '../deps.ts'
import { applyTask } from '../domain/projection.ts'

/** A task was created, changed, completed or reopened: its reminders follow, and the timer is armed anew. */
export const onTaskChanged =
  ({ dueReminders }: Deps) =>
  async ({ task }: { task: Task }, tx: Tx) => {
    await applyTask(tx, task)
    tx.afterCommit.push(dueReminders.wake)
  }
