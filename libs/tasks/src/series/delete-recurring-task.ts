import type { Tx } from '@taskflow/service-kit'
import { markDeleted } from '../task/change-task.ts'
import { noNext } from './next-columns.ts'
import { changeSeries, lockRecurringTask } from './store-series.ts'
import { changeOpenTasks, lockOpenTasks } from './tasks-of-series.ts'

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
  const row = await lockRecurringTask(tx, user_id, id, options.expectedVersion)
  await changeSeries(tx, row, { is_active: false, ...noNext, deleted_at: tx.clock.now().toString() })
  if (options.openTasks === 'keep') return changeOpenTasks(tx, id, { recurrence_rule: null })
  for (const task of await lockOpenTasks(tx, id)) await markDeleted(tx, task)
}
