import { type SeriesRow, series, tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { type Database, invalid, Problem, type Tx } from '@taskflow/service-kit'
import { and, arrayContains, asc, eq, isNull } from 'drizzle-orm'
import { z } from 'zod'
import { changeTask } from './change-task.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { withReminders } from './find-task.ts'
import { text } from './input.ts'
import type { Page } from './list-tasks.ts'
import { changeSeries } from './series/store-series.ts'
import { taskEvents } from './task-events.ts'

/** What tasks are sorted into: any number of tags, and one category. */
export type LabelKind = 'tag' | 'category'

/** More tasks than this are not changed at once. */
const most = 1_000

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
  const data = rows.slice(0, page.limit)
  return { data, next_cursor: rows.length > page.limit ? writeCursor([kind], [data.at(-1)!.name]) : null }
}

/**
 * Gives a tag or category another name, or none, in all the user's tasks and in what recurring tasks are made from;
 * answers how many tasks were changed. A tag that is there already is not doubled. Problems: 404 when nothing has it,
 * 422 for more than a thousand tasks.
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
  const templates = await tx
    .select()
    .from(series)
    .where(has(series))
    .orderBy(asc(series.id))
    .limit(most + 1)
    .for('no key update')
  const rows = await tx
    .select()
    .from(tasks)
    .where(has(tasks))
    .orderBy(asc(tasks.id))
    .limit(most + 1)
    .for('update')
  if (rows.length + templates.length === 0) throw new Problem('not-found', `there is no such ${kind}`)
  if (Math.max(rows.length, templates.length) > most)
    throw invalid('name', `more than ${most} tasks have this ${kind}; change some of them first`)
  const changed = <Labelled extends Task | SeriesRow>({ tags }: Labelled) =>
    kind === 'tag' ? { tags: renamed(tags, from, to) } : { category: to }
  for (const template of templates) await changeSeries(tx, template, changed(template))
  for (const task of await withReminders(tx, rows)) await changeTask(tx, task, changed(task), taskEvents.updated)
  return rows.length
}

const renamed = (tags: string[], from: string, to: string | null): string[] => [
  ...new Set(tags.flatMap((tag) => (tag !== from ? [tag] : to === null ? [] : [to]))),
]
