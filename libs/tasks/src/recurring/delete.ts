import { tasks } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { asc } from 'drizzle-orm'
import { deleteTask } from '../delete-task.ts'
import { requireVersion } from '../require-version.ts'
import { isOpenIn } from '../series/newest-task.ts'
import { noNext } from '../series/schedule.ts'
import { changeSeries, lockRecurringTask } from '../series/store-series.ts'
import { changeOthers } from '../update-task.ts'

/**
 * Deletes a recurring task: nothing follows. Its open tasks are deleted too, or kept as tasks that no longer recur.
 * Completed ones stay: they are history.
 */
export const deleteRecurringTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  options: { openTasks: 'delete' | 'keep'; expectedVersion?: number | undefined },
): Promise<void> => {
  const row = await lockRecurringTask(tx, user_id, id)
  requireVersion(row, options.expectedVersion)
  await changeSeries(tx, row, { is_active: false, ...noNext, deleted_at: tx.clock.now().toString() })
  if (options.openTasks === 'keep') return changeOthers(tx, id, undefined, { recurrence_rule: null })
  const open = await tx.select({ id: tasks.id }).from(tasks).where(isOpenIn(id)).orderBy(asc(tasks.id))
  for (const task of open) await deleteTask(tx, user_id, task.id)
}
