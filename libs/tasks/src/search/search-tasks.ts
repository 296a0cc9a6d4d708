import { tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Database } from '@taskflow/service-kit'
import { and, eq, getTableColumns, inArray, isNull, type SQLWrapper, sql } from 'drizzle-orm'
import { z } from 'zod'
import { readCursor, writeCursor } from '../lists/cursor.ts'
import { type Page, toPage } from '../lists/page.ts'
import type { TaskState } from '../lists/task-filter.ts'
import { joinReminders, remindersOf } from '../task/find-task.ts'
import { findMatches, findSimilarTitles, type Match } from './find-matches.ts'
import { findNeedles, type Needle } from './find-needles.ts'
import { excerpt, type Fragment, highlight, startMark, stopMark } from './highlight.ts'
import { readRespelled, readSearch, type SearchQuery } from './search-query.ts'

/** A task that was found, with its whole title and the parts of its description that match. */
export type FoundTask = Task & { highlights: { title: Fragment[]; description: Fragment[] } }

/**
 * The user's tasks that match a search, best first: a word in the title counts more than one in tags and category, and
 * that more than one in the description; among equals the newest comes first. When nothing matches, German umlauts are
 * looked for in their other spelling; when that matches nothing either, returns tasks with similar titles and sets
 * `is_fuzzy`. Problem 422 for a search without words.
 */
export const searchTasks = async (
  db: Database,
  user_id: string,
  text: string,
  page: { state: TaskState; limit: number; cursor?: string | undefined },
): Promise<Page<FoundTask> & { is_fuzzy: boolean }> => {
  const query = await readSearch(db, user_id, text)
  const list = ['search', text, page.state]
  const after = page.cursor === undefined ? undefined : readCursor(list, z.tuple([z.number(), z.uuid()]), page.cursor)
  const is_completed = page.state === 'all' ? null : page.state === 'completed'
  const matchesOf = ({ terms }: SearchQuery) => findMatches(db, { user_id, terms, is_completed })
  let shown = query
  let exact = await matchesOf(query)
  const respelled = exact.length === 0 ? await readRespelled(db, user_id, text) : undefined
  if (respelled) {
    exact = await matchesOf(respelled)
    shown = respelled
  }
  const is_fuzzy = exact.length === 0 && query.words !== undefined
  const found = is_fuzzy
    ? await findSimilarTitles(db, { user_id, terms: query.terms, is_completed }, query.words!)
    : exact
  const rest = found.toSorted(byRank).filter((each) => !after || byRank(each, { rank: after[0], id: after[1] }) > 0)
  const { data: matches, next_cursor } = toPage(rest, page.limit, (last) => writeCursor(list, [last.rank, last.id]))
  const data = await readFound(db, user_id, matches, is_fuzzy ? undefined : shown)
  return { data, next_cursor, is_fuzzy }
}

/** Best first, then newest: ids begin with the time of creation. */
const byRank = (a: Match, b: Match): number => b.rank - a.rank || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)

/** The tasks in the order of the matches, with their highlights. */
const readFound = async (
  db: Database,
  user_id: string,
  found: Match[],
  query: Pick<SearchQuery, 'highlighted' | 'needles'> | undefined,
): Promise<FoundTask[]> => {
  if (found.length === 0) return []
  const ids = found.map(({ id }) => id)
  const marked = (column: SQLWrapper) =>
    query === undefined
      ? sql<string>`${column}`
      : sql<string>`ts_headline('tasks.words', tasks.plain_words(${column}), ${query.highlighted}::tsquery, ${marking})`
  const reading = db
    .select({ row: getTableColumns(tasks), title: marked(tasks.title), description: marked(tasks.description) })
    .from(tasks)
    .where(and(inArray(tasks.id, ids), eq(tasks.user_id, user_id), isNull(tasks.deleted_at)))
  const [rows, reminders] = await Promise.all([reading, remindersOf(db, ids)])
  const inOrder = rows.toSorted((a, b) => ids.indexOf(a.row.id) - ids.indexOf(b.row.id))
  const needles: Needle[] = query?.needles ?? []
  const complete = joinReminders(
    inOrder.map(({ row }) => row),
    reminders,
  )
  return complete.map((task, index) => ({
    ...task,
    highlights: {
      title: highlight(task.title, inOrder[index]!.title, findNeedles(task.title, needles)),
      description: excerpt(
        highlight(task.description, inOrder[index]!.description, findNeedles(task.description, needles)),
      ),
    },
  }))
}

const marking = `HighlightAll=true, StartSel=${startMark}, StopSel=${stopMark}`
