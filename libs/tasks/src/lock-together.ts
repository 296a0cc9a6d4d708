import { series, tasks } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, asc, eq, inArray } from 'drizzle-orm'

/**
 * Locks tasks of the user, deleted ones too, and their series, before one transaction changes them one after the other.
 * The order is that of every other change, series before tasks, and each by id: two such transactions wait for each other
 * at the first row that both want and cannot deadlock.
 */
export const lockTogether = async (tx: Tx, user_id: string, ids: string[]): Promise<void> => {
  if (ids.length === 0) return
  const these = and(inArray(tasks.id, ids), eq(tasks.user_id, user_id))
  const theirs = tx.select({ id: tasks.series_id }).from(tasks).where(these)
  await tx
    .select({ id: series.id })
    .from(series)
    .where(inArray(series.id, theirs))
    .orderBy(asc(series.id))
    .for('no key update')
  await tx.select({ id: tasks.id }).from(tasks).where(these).orderBy(asc(tasks.id)).for('update')
}
