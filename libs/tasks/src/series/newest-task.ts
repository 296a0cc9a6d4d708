import { type SeriesRow, tasks } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { createOccurrence } from './create-occurrence.ts'
import { later, nextOfSeries } from './schedule.ts'

/** Whether a task is an open one of a series. */
export const isOpenIn = (series_id: string) =>
  and(eq(tasks.series_id, series_id), eq(tasks.is_completed, false), isNull(tasks.deleted_at))

/** The newest task of a series, deleted or not; undefined before the first. */
export const newestOfSeries = async (tx: Tx, series_id: string) => {
  const [row] = await tx
    .select({
      due_date: tasks.due_date,
      occurrence: tasks.occurrence,
      is_completed: tasks.is_completed,
      deleted_at: tasks.deleted_at,
    })
    .from(tasks)
    .where(eq(tasks.series_id, series_id))
    .orderBy(desc(tasks.occurrence))
    .limit(1)
  return row
}

/** The instant that the dates still without a task come after: now, or the last date that has one. */
export const lastDate = async (tx: Tx, series_id: string): Promise<string> => {
  // A date that is now counts as one to come.
  const now = tx.clock.now().subtract({ milliseconds: 1 }).toString()
  const newest = await newestOfSeries(tx, series_id)
  return newest?.due_date ? later(now, newest.due_date) : now
}

/** Gives an active series in on_completion mode an open task, if it has none: without one nothing would ever follow. */
export const ensureOpenTask = async (tx: Tx, row: SeriesRow): Promise<void> => {
  if (!row.is_active || row.mode !== 'on_completion') return
  const newest = await newestOfSeries(tx, row.id)
  if (newest && !newest.is_completed && newest.deleted_at === null) return
  const due_date = nextOfSeries(row, await lastDate(tx, row.id))
  if (due_date !== null) await createOccurrence(tx, row, { occurrence: (newest?.occurrence ?? 0) + 1, due_date })
}
