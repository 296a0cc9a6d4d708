import { type SeriesRow, series } from '@taskflow/database'
import type { Database, Tx } from '@taskflow/service-kit'
import { and, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import { instantInput } from '../input/fields.ts'
import { readCursor, writeCursor } from '../lists/cursor.ts'
import { type Page, toPage } from '../lists/page.ts'
import { ownSeries, unknownSeries } from './store-series.ts'

/** A recurring task of the user. Problem 404 when it does not exist, is deleted or belongs to someone else. */
export const findRecurringTask = async (db: Database | Tx, user_id: string, id: string): Promise<SeriesRow> => {
  const [row] = await db.select().from(series).where(ownSeries(user_id, id))
  if (!row) throw unknownSeries()
  return row
}

/** The user's recurring tasks, newest first. */
export const listRecurringTasks = async (
  db: Database,
  user_id: string,
  filter: { is_active?: boolean | undefined },
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<SeriesRow>> => {
  const list = ['recurring tasks', filter]
  const wanted: (SQL | undefined)[] = [
    eq(series.user_id, user_id),
    isNull(series.deleted_at),
    filter.is_active === undefined ? undefined : eq(series.is_active, filter.is_active),
  ]
  if (page.cursor !== undefined) {
    const [created_at, id] = readCursor(list, z.tuple([instantInput, z.uuid()]), page.cursor)
    wanted.push(sql`(${series.created_at}, ${series.id}) < (${created_at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await db
    .select()
    .from(series)
    .where(and(...wanted))
    .orderBy(desc(series.created_at), desc(series.id))
    .limit(page.limit + 1)
  return toPage(rows, page.limit, (last) => writeCursor(list, [last.created_at, last.id]))
}
