import { occurrenceCounts, series, usage } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, inArray, isNull } from 'drizzle-orm'

/** Tasks that one transaction removes: a statement over any number of them would not end in time. */
const batch = 5_000

/**
 * Removes tasks, reminders and series of users whose accounts are deleted, deleted tasks included: a batch, and returns
 * whether more are left. Their series end with the first batch. No events: user.deleted covers them all. Rows are
 * locked in the order of every other change, series before their tasks.
 */
export const deleteTasksOf = async (tx: Tx, user_ids: string[]): Promise<boolean> => {
  const now = tx.clock.now().toString()
  await tx
    .update(series)
    .set({ is_active: false, next_occurrence: null, announce_at: null, deleted_at: now })
    .where(and(inArray(series.user_id, user_ids), isNull(series.deleted_at)))
  let removed = 0
  // Two conditions, for there are two partial indexes.
  for (const condition of ['IS NULL', 'IS NOT NULL']) {
    const { rowCount } = await tx.$client.query(
      `DELETE FROM tasks.tasks WHERE id IN (
         SELECT id FROM tasks.tasks WHERE id = ANY (ARRAY(
           SELECT id FROM tasks.tasks WHERE user_id = ANY ($1::uuid[]) AND deleted_at ${condition} LIMIT $2
         )) ORDER BY id FOR UPDATE)`,
      [user_ids, batch - removed],
    )
    removed += rowCount ?? 0
  }
  if (removed === batch) return true
  await tx.delete(series).where(inArray(series.user_id, user_ids))
  // Last: the deletions are counted too.
  await tx.delete(usage).where(inArray(usage.user_id, user_ids))
  await tx.delete(occurrenceCounts).where(inArray(occurrenceCounts.user_id, user_ids))
  return false
}
