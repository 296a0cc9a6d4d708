import { tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Database, Tx } from '@taskflow/service-kit'
import { and, desc, eq, isNull } from 'drizzle-orm'
import { createOccurrence } from './create-occurrence.ts'
import { missingOccurrence, type NextOccurrence, occurrenceAfter } from './next-date.ts'
import { lockSeries } from './store-series.ts'

/**
 * Looks through the `limit` series after an id for active ones in on_completion mode that have had no open task since
 * `before`. They may have ended by their rule. `last`: the last series looked at; undefined
 * when there are no more.
 */
export const findSeriesWithoutTask = async (
  { $client }: Database,
  { after, limit, before }: { after: string | undefined; limit: number; before: string },
): Promise<{ ids: string[]; last: string | undefined }> => {
  const { rows } = await $client.query<{ id: string; lacks: boolean }>(
    `SELECT page.id, is_active AND mode = 'on_completion' AND page.deleted_at IS NULL
              AND greatest(page.updated_at, completed_at, newest.deleted_at) < $3
              AND (newest.id IS NULL OR is_completed OR newest.deleted_at IS NOT NULL)
              AND NOT EXISTS (
                SELECT FROM tasks.tasks WHERE series_id = page.id AND NOT is_completed AND deleted_at IS NULL
              ) AS lacks
     FROM (
       SELECT id, is_active, mode, deleted_at, updated_at FROM tasks.series
       WHERE $1::uuid IS NULL OR id > $1 ORDER BY id LIMIT $2
     ) AS page
     LEFT JOIN LATERAL (
       SELECT id, is_completed, completed_at, deleted_at FROM tasks.tasks WHERE series_id = page.id
       ORDER BY occurrence DESC LIMIT 1
     ) AS newest ON true
     ORDER BY page.id`,
    [after ?? null, limit, before],
  )
  return {
    ids: rows.filter(({ lacks }) => lacks).map(({ id }) => id),
    last: rows.length < limit ? undefined : rows.at(-1)!.id,
  }
}

/**
 * Makes the task that a series lacks: the one that follows its newest task, as if that one's completion was handled
 * now, or the next date to come after a deleted one. Returns undefined when it lacks none, or has ended.
 */
export const makeMissingTask = async (tx: Tx, series_id: string): Promise<Task | undefined> => {
  const series = await lockSeries(tx, series_id)
  if (!series || series.deleted_at !== null || (await hasOpenTask(tx, series_id))) return undefined
  const [newest] = await tx
    .select()
    .from(tasks)
    .where(eq(tasks.series_id, series_id))
    .orderBy(desc(tasks.occurrence))
    .limit(1)
  const now = tx.clock.now().toString()
  const next: NextOccurrence | undefined = newest?.is_completed
    ? occurrenceAfter(series, newest, now)
    : missingOccurrence(series, newest, now)
  return next && createOccurrence(tx, series, next)
}

const hasOpenTask = async (tx: Tx, series_id: string): Promise<boolean> => {
  const rows = await tx
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.series_id, series_id), eq(tasks.is_completed, false), isNull(tasks.deleted_at)))
    .limit(1)
  return rows.length > 0
}
