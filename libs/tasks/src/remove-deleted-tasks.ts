import type { Tx } from '@taskflow/service-kit'
import { restorableFor } from './task-filter.ts'

/**
 * Removes up to `limit` tasks that can no longer be restored, those deleted first, and answers how many. Their numbers
 * within a series become free, which brings none of them back: Kafka and the inboxes know of no event that old.
 */
export const removeDeletedTasks = async (tx: Tx, limit: number): Promise<number> => {
  const { rowCount } = await tx.$client.query(
    `DELETE FROM tasks.tasks WHERE id IN (
       SELECT id FROM tasks.tasks WHERE deleted_at <= $1 ORDER BY deleted_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [tx.clock.now().subtract(restorableFor).toString(), limit],
  )
  return rowCount ?? 0
}
