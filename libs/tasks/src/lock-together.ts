import { series, tasks } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, asc, eq, inArray } from 'drizzle-orm'

/**
 * Locks tasks of the user, deleted ones too, and their series, before one transaction changes them one after the other.
 * The order is that of every other change, series before tasks and each by id, so two such transactions cannot
 * deadlock: one waits for the other at the first row that both need.
 */
export const lockTogether = async (tx: Tx, user_id: string, ids: string[]): Promise<void> => {
  if (ids.length === 0) return
  const own = and(inArray(tasks.id, ids), eq(tasks.user_id, user_id))
  const seriesIds = tx.select({ id: tasks.series_id }).from(tasks).where(own)
  await tx
    .select({ id: series.id })
    .from(series)
    .where(inArray(series.id, seriesIds))
    .orderBy(asc(series.id))
    .for('no key update')
  await tx.select({ id: tasks.id }).from(tasks).where(own).orderBy(asc(tasks.id)).for('update')
}
