import { type SeriesRow, series, tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { type Database, invalid, Problem, type Tx } from '@taskflow/service-kit'
import { and, arrayContains, asc, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { text } from './input/fields.ts'
import { readCursor, writeCursor } from './lists/cursor.ts'
import { type Page, toPage } from './lists/page.ts'
import { changeSeries } from './series/store-series.ts'
import { changeTask } from './task/change-task.ts'
import { withReminders } from './task/find-task.ts'
import { taskEvents } from './task/task-events.ts'

/** What tasks are sorted into: any number of tags, and one category. */
export type LabelKind = 'tag' | 'category'

/** The most tasks that one call changes. */
const maxChanged = 1_000

/** The user's tags or categories by name, each with the number of open tasks that have it. */
export const listLabels = async (
  db: Database,
  user_id: string,
  kind: LabelKind,
  page: { limit: number; cursor?: string | undefined },
): Promise<Page<{ name: string; open_tasks: number }>> => {
  const after = page.cursor === undefined ? undefined : readCursor([kind], z.tuple([text(1, 100)]), page.cursor)[0]
  const { rows } = await db.$client.query<{ name: string; open_tasks: number }>(
    `SELECT name, (count(*) FILTER (WHERE NOT is_completed))::int AS open_tasks
     FROM tasks.tasks, unnest(${kind === 'tag' ? 'tags' : 'ARRAY[category]'}) AS name
     WHERE user_id = $1 AND deleted_at IS NULL AND name IS NOT NULL AND ($2::text IS NULL OR name > $2)
     GROUP BY name ORDER BY name LIMIT $3`,
    [user_id, after ?? null, page.limit + 1],
  )
  return toPage(rows, page.limit, (last) => writeCursor([kind], [last.name]))
}

/**
 * Renames a tag or category, or removes it (`to` is null), in all the user's tasks and series. Returns how many tasks
 * were changed. Problems: 404 when nothing has it, 422 for more than a thousand tasks.
 */
export const relabel = async (
  tx: Tx,
  user_id: string,
  kind: LabelKind,
  from: string,
  to: string | null,
): Promise<number> => {
  const has = (table: typeof tasks | typeof series) =>
    and(
      eq(table.user_id, user_id),
      isNull(table.deleted_at),
      kind === 'tag' ? arrayContains(table.tags, [from]) : eq(table.category, from),
    )
  const seriesRows = await tx
    .select()
    .from(series)
    .where(has(series))
    .orderBy(asc(series.id))
    .limit(maxChanged + 1)
    .for('no key update')
  const taskRows = await tx
    .select()
    .from(tasks)
    .where(has(tasks))
    .orderBy(asc(tasks.id))
    .limit(maxChanged + 1)
    .for('update')
  if (taskRows.length + seriesRows.length === 0) throw new Problem('not-found', `there is no such ${kind}`)
  if (Math.max(taskRows.length, seriesRows.length) > maxChanged)
    throw invalid('name', `more than ${maxChanged} tasks have this ${kind}; change some of them first`)
  const relabelled = ({ tags }: Task | SeriesRow) =>
    kind === 'tag' ? { tags: renameTag(tags, from, to) } : { category: to }
  for (const row of seriesRows) await changeSeries(tx, row, relabelled(row))
  for (const task of await withReminders(tx, taskRows)) await changeTask(tx, task, relabelled(task), taskEvents.updated)
  return taskRows.length
}

/** Tags with one renamed, or removed. A name that is there already is not repeated. */
export const renameTag = (tags: string[], from: string, to: string | null): string[] => [
  ...new Set(tags.flatMap((tag) => (tag !== from ? [tag] : to === null ? [] : [to]))),
]
