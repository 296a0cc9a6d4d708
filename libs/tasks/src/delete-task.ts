import { tasks } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { lockTask } from './find-task.ts'
import { requireVersion } from './require-version.ts'
import { append, taskEvents } from './task-events.ts'

/** Deletes a task: it is kept, marked, and no longer found. */
export const deleteTask = async (tx: Tx, user_id: string, id: string, expectedVersion?: number): Promise<void> => {
  const before = await lockTask(tx, user_id, id)
  requireVersion(before, expectedVersion)
  const now = tx.clock.now().toString()
  const task = { ...before, version: before.version + 1, updated_at: now }
  await tx.update(tasks).set({ deleted_at: now, updated_at: now, version: task.version }).where(eq(tasks.id, id))
  await append(tx, taskEvents.deleted(task))
}
