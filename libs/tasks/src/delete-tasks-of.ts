import { series, tasks } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, inArray, isNotNull, isNull } from 'drizzle-orm'

/**
 * Removes every task, reminder and series of people whose accounts are deleted, tombstones included, and tells nobody:
 * user.deleted says it all. Rows are locked in the order of every other change, series before their tasks; a locked
 * series gets no further occurrence.
 */
export const deleteTasksOf = async (tx: Tx, user_ids: string[]): Promise<void> => {
  await tx.select({ id: series.id }).from(series).where(inArray(series.user_id, user_ids)).for('update')
  // Two conditions, for there are two partial indexes.
  const theirs = [isNull, isNotNull].map((is) => and(inArray(tasks.user_id, user_ids), is(tasks.deleted_at)))
  for (const these of theirs) await tx.select({ id: tasks.id }).from(tasks).where(these).orderBy(tasks.id).for('update')
  for (const these of theirs) await tx.delete(tasks).where(these)
  await tx.delete(series).where(inArray(series.user_id, user_ids))
}
