import { tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Database } from '@taskflow/service-kit'
import { and, arrayContains, desc, eq, isNull, type SQL, sql } from 'drizzle-orm'
import { readCursor, writeCursor } from './cursor.ts'
import { withReminders } from './find-task.ts'

/** Which tasks to list. */
export interface TaskFilter {
  series_id?: string | undefined
  is_completed?: boolean | undefined
  priority?: Task['priority'] | undefined
  tag?: string | undefined
  category?: string | undefined
}

export interface Page<Item> {
  data: Item[]
  /** Leads to the next page; null on the last. */
  next_cursor: string | null
}

/** The user's tasks, newest first. The cursor names the last task seen, so new ones neither shift nor repeat others. */
export const listTasks = async (
  db: Database,
  user_id: string,
  filter: TaskFilter,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<Task>> => {
  const wanted: (SQL | undefined)[] = [
    eq(tasks.user_id, user_id),
    isNull(tasks.deleted_at),
    filter.series_id ? eq(tasks.series_id, filter.series_id) : undefined,
    filter.is_completed === undefined ? undefined : eq(tasks.is_completed, filter.is_completed),
    filter.priority ? eq(tasks.priority, filter.priority) : undefined,
    filter.category ? eq(tasks.category, filter.category) : undefined,
    filter.tag ? arrayContains(tasks.tags, [filter.tag]) : undefined,
  ]
  if (page.cursor !== undefined) {
    const [created_at, id] = readCursor(page.cursor)
    wanted.push(sql`(${tasks.created_at}, ${tasks.id}) < (${created_at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await db
    .select()
    .from(tasks)
    .where(and(...wanted))
    .orderBy(desc(tasks.created_at), desc(tasks.id))
    .limit(page.limit + 1)
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return {
    data: await withReminders(db, shown),
    next_cursor: last ? writeCursor(last) : null,
  }
}
