import type { Database } from '@taskflow/service-kit'
import { ownPrefix } from './search-query.ts'

/** A task that matches, and how well. */
export interface Match {
  id: string
  rank: number
}

/** What to look for. */
export interface Search {
  user_id: string
  tsquery: string
  /** null: either. */
  is_completed: boolean | null
}

/** Of more matches than this the newest are ranked. */
const most = 200
/** Among so many of the newest tasks it shows how common a word is. */
const sample = 1_000

/**
 * The matches to rank. To read a task that the index names takes much longer than to go on to the next newest one, so a
 * common word is looked for by going through the newest tasks; for a less common one the index is asked for those of as
 * many days as should do, and for a rare one for all. (The planner cannot choose: it takes the words of a person to be as
 * rare among their own tasks as among everyone's.)
 */
export const findMatches = async (db: Database, search: Search): Promise<Match[]> => {
  const near = await amongNewest(db, search, sample)
  if (near.length === most) return near
  const span = await spanOfNewest(db, search)
  if (span.count < sample) return near
  const share = near.length / sample
  if (share > 0.05) {
    const found = await amongNewest(db, search, (most / share) * 1.25)
    if (found.length === most) return found
  }
  if (share > 0.005) {
    const days = (((span.newest - span.oldest) / sample) * most * 1.5) / share
    const found = await byIndex(db, search, newestDays(search.user_id, span.newest, days))
    if (found.length === most) return found
  }
  return byIndex(db, search, undefined)
}

const amongNewest = (db: Database, search: Search, read: number): Promise<Match[]> =>
  ranked(
    db,
    search,
    `SELECT id, search FROM (
       SELECT id, search, is_completed FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL
       ORDER BY created_at DESC, id DESC LIMIT ${Math.ceil(read)}) AS newest
     WHERE search @@ $2::tsquery AND is_completed = coalesce($3::boolean, is_completed) LIMIT ${most}`,
  )

const byIndex = (db: Database, search: Search, days: string | undefined): Promise<Match[]> =>
  ranked(
    db,
    search,
    `SELECT id, search FROM (
       SELECT id, search, created_at FROM tasks.tasks
       WHERE search @@ ($2::tsquery${days ? ` && $$${days}$$::tsquery` : ''})
         AND user_id = $1 AND deleted_at IS NULL AND is_completed = coalesce($3::boolean, is_completed)
       OFFSET 0) AS matching
     ORDER BY created_at DESC, id DESC LIMIT ${most}`,
  )

/** The rank of each candidate; `$1` is the user, `$2` what is searched for, `$3` the state. */
const ranked = async (db: Database, search: Search, candidates: string): Promise<Match[]> => {
  const { rows } = await db.$client.query<Match>(
    `SELECT id, ts_rank(search, $2::tsquery)::float8 AS rank FROM (${candidates}) AS candidate`,
    [search.user_id, search.tsquery, search.is_completed],
  )
  return rows
}

/** When the newest tasks were created, in days since 1970. */
const spanOfNewest = async (db: Database, { user_id }: Search) => {
  const { rows } = await db.$client.query<{ count: number; newest: number; oldest: number }>(
    `SELECT count(*)::int AS count, extract(epoch FROM max(created_at))::float8 / 86400 AS newest,
            extract(epoch FROM min(created_at))::float8 / 86400 AS oldest
     FROM (SELECT created_at FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL
           ORDER BY created_at DESC, id DESC LIMIT ${sample}) AS newest`,
    [user_id],
  )
  return rows[0]!
}

const mostTerms = 40

/** The newest so many days as a tsquery (of digits and letters that are ours), in days or in months; undefined when they are more than that is good for. */
const newestDays = (user_id: string, newest: number, days: number): string | undefined => {
  const dayBefore = (count: number) => new Date((Math.floor(newest) - count) * 86_400_000).toISOString().slice(0, 10)
  if (days > mostTerms * 30) return undefined
  const all = Array.from({ length: Math.ceil(days) + 1 }, (_, count) => dayBefore(count).replaceAll('-', ''))
  const own = `${ownPrefix(user_id)}@`
  if (all.length <= mostTerms) return all.map((day) => `'${own}${day}'`).join(' | ')
  return [...new Set(all.map((day) => `'${own}${day.slice(0, 6)}':*`))].join(' | ')
}

/** Titles that look alike, among the newest thousand: an index of trigrams would cost every write, for few searches. */
export const findAlike = async (db: Database, search: Search, words: string): Promise<Match[]> => {
  const { rows } = await db.$client.query<Match>(
    `SELECT id, rank FROM (
       SELECT id, extensions.word_similarity($2, title)::float8 AS rank FROM (
         SELECT id, title, is_completed FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL
         ORDER BY created_at DESC, id DESC LIMIT ${sample}) AS newest
       WHERE is_completed = coalesce($3::boolean, is_completed)) AS compared
     WHERE rank >= 0.3 ORDER BY rank DESC, id DESC LIMIT 20`,
    [search.user_id, words, search.is_completed],
  )
  return rows
}
