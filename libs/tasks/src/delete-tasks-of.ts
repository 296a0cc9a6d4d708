import { occurrenceCounts, series, tasks, usage } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, inArray, isNotNull, isNull } from 'drizzle-orm'

/**
 * Removes every task, reminder and series of users whose accounts are deleted, deleted tasks included. No events:
 * user.deleted covers them all. Rows are locked in the order of every other change, series before their tasks; a locked
 * series gets no further occurrence.
 */
export const deleteTasksOf = async (tx: Tx, user_ids: string[]): Promise<void> => {
  await tx.select({ id: series.id }).from(series).where(inArray(series.user_id, user_ids)).for('update')
  // Two conditions, for there are two partial indexes.
  const conditions = [isNull, isNotNull].map((is) => and(inArray(tasks.user_id, user_ids), is(tasks.deleted_at)))
  for (const where of conditions)
    await tx.select({ id: tasks.id }).from(tasks).where(where).orderBy(tasks.id).for('update')
  for (const where of conditions) await tx.delete(tasks).where(where)
  await tx.delete(series).where(inArray(series.user_id, user_ids))
  // Last: the deletions are counted too.
  await tx.delete(usage).where(inArray(usage.user_id, user_ids))
  await tx.delete(occurrenceCounts).where(inArray(occurrenceCounts.user_id, user_ids))
}
