import { tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Database } from '@taskflow/service-kit'
import { and, eq, getTableColumns, inArray, isNull, type SQLWrapper, sql } from 'drizzle-orm'
import { z } from 'zod'
import { readCursor, writeCursor } from './cursor.ts'
import { findAlike, findMatches, type Match } from './find-matches.ts'
import { join, remindersOf } from './find-task.ts'
import { excerpt, type Fragment, highlight, startMark, stopMark } from './highlight.ts'
import type { Page } from './list-tasks.ts'
import { readSearch } from './search-query.ts'
import type { TaskState } from './task-filter.ts'

/** A task that was found, and where: its whole title, and the parts of its description with a match. */
export type FoundTask = Task & { highlights: { title: Fragment[]; description: Fragment[] } }

/**
 * The user's tasks that match a search, best first: a word in the title counts more than one among tags and category, and
 * that more than one in the description; of equals the newer comes first. When nothing matches, tasks with a title that
 * looks alike are answered, and `is_fuzzy` says so. Problem 422 for a search without words.
 */
export const searchTasks = async (
  db: Database,
  user_id: string,
  text: string,
  page: { state: TaskState; limit: number; cursor?: string | undefined },
): Promise<Page<FoundTask> & { is_fuzzy: boolean }> => {
  const { terms, shown, words } = await readSearch(db, user_id, text)
  const list = ['search', text, page.state]
  const after = page.cursor === undefined ? undefined : readCursor(list, z.tuple([z.number(), z.uuid()]), page.cursor)
  const search = { user_id, terms, is_completed: page.state === 'all' ? null : page.state === 'completed' }
  const exact = await findMatches(db, search)
  const is_fuzzy = exact.length === 0 && words !== undefined
  const found = is_fuzzy ? await findAlike(db, search, words) : exact
  const rest = found.toSorted(byRank).filter((each) => !after || byRank(each, { rank: after[0], id: after[1] }) > 0)
  const shownHere = rest.slice(0, page.limit)
  const last = rest.length > page.limit ? shownHere.at(-1) : undefined
  return {
    data: await readFound(db, user_id, shownHere, is_fuzzy ? undefined : shown),
    next_cursor: last ? writeCursor(list, [last.rank, last.id]) : null,
    is_fuzzy,
  }
}

/** The best first; ids begin with the time of creation. */
const byRank = (a: Match, b: Match): number => b.rank - a.rank || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)

/** The tasks in their order, with what was found in them. */
const readFound = async (
  db: Database,
  user_id: string,
  found: Match[],
  shown: string | undefined,
): Promise<FoundTask[]> => {
  if (found.length === 0) return []
  const ids = found.map(({ id }) => id)
  const marked = (column: SQLWrapper) =>
    shown === undefined
      ? sql<string>`${column}`
      : sql<string>`ts_headline('tasks.words', tasks.plain_words(${column}), ${shown}::tsquery, ${marking})`
  const reading = db
    .select({ row: getTableColumns(tasks), title: marked(tasks.title), description: marked(tasks.description) })
    .from(tasks)
    .where(and(inArray(tasks.id, ids), eq(tasks.user_id, user_id), isNull(tasks.deleted_at)))
  const [rows, reminders] = await Promise.all([reading, remindersOf(db, ids)])
  const inOrder = rows.toSorted((a, b) => ids.indexOf(a.row.id) - ids.indexOf(b.row.id))
  const wholes = join(
    inOrder.map(({ row }) => row),
    reminders,
  )
  return wholes.map((task, index) => ({
    ...task,
    highlights: {
      title: highlight(task.title, inOrder[index]!.title),
      description: excerpt(highlight(task.description, inOrder[index]!.description)),
    },
  }))
}

const marking = `HighlightAll=true, StartSel=${startMark}, StopSel=${stopMark}`
