import type { Tx } from '@taskflow/service-kit'
import { markDeleted } from './task/change-task.ts'
import { lockTask } from './task/find-task.ts'

/** Deletes a task: it is kept, but no longer found, and can be restored for 30 days. */
export const deleteTask = async (tx: Tx, user_id: string, id: string, expectedVersion?: number): Promise<void> =>
  markDeleted(tx, await lockTask(tx, user_id, id, expectedVersion))
