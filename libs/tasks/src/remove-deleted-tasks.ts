import type { Tx } from '@taskflow/service-kit'
import { restorableFor } from './lists/task-filter.ts'

/**
 * Removes up to `limit` tasks that can no longer be restored, oldest deletion first, and returns how many. Their
 * occurrence numbers become free, which brings none of them back: neither Kafka nor an inbox keeps an event that long.
 */
export const removeDeletedTasks = async (tx: Tx, limit: number): Promise<number> => {
  const { rowCount } = await tx.$client.query(
    `DELETE FROM tasks.tasks WHERE id IN (
       SELECT id FROM tasks.tasks WHERE deleted_at <= $1 ORDER BY deleted_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
    [tx.clock.now().subtract(restorableFor).toString(), limit],
  )
  return rowCount ?? 0
}
