import type { Database } from '@taskflow/service-kit'
import { allOf, ownPrefix, type Term } from './search-query.ts'

/** A task that matches, and how well. */
export interface Match {
  id: string
  rank: number
}

/** What to look for. */
export interface Search {
  user_id: string
  terms: Term[]
  /** null: either. */
  is_completed: boolean | null
}

/** Of more matches than this the newest are ranked. */
const most = 100
/** Among so many of the newest tasks it shows how common a word is. */
const sample = 500
/** Beginnings of words that more of the sample have are dear to ask the index for. */
const dear = sample / 10
/** Reading takes 1 µs a task, the index 60 ms times the share of a word among a hundred thousand. */
const worthReading = 0.004

/**
 * The matches to rank (docs/decisions/0008-search-index.md). To read a task that the index names takes longer than to go
 * on to the next newest one, so what is common is looked for by going through the newest tasks; for what is less common
 * the index is asked for those of as many days as should do, and for what is rare for all. (The planner cannot choose: it
 * takes the words of a person to be as rare among their own tasks as among everyone's.)
 */
export const findMatches = async (db: Database, search: Search): Promise<Match[]> => {
  const newest = await sampleNewest(db, search)
  if (newest.matches.length === most || newest.count < sample) return newest.matches
  const share = atLeast(newest.matches.length) / sample
  const asked = worthAsking(search.terms, newest.hits)
  if ((share * asked.hits) / sample > worthReading) {
    const found = await amongNewest(db, search, (2 * most) / share)
    if (found.length === most) return found
  }
  if (share > 0.005) {
    const days = newestDays(search.user_id, newest.last, (newest.days * most) / share / sample)
    const found = days ? await byIndex(db, search, `(${asked.tsquery}) & (${days})`) : []
    if (found.length === most) return found
  }
  return byIndex(db, search, asked.tsquery)
}

/** So many of a sample stand for a share that is hardly smaller in the whole: less a standard deviation. */
const atLeast = (count: number): number => count - Math.sqrt(count)

/**
 * What of a search the index is asked for; the rest is looked up in the tasks that it names. It reads all words that begin
 * with a common beginning, however few tasks have the other words.
 */
const worthAsking = (terms: Term[], hits: number[]): { tsquery: string; hits: number } => {
  const wanted = terms.map((term, index) => ({ ...term, hits: hits[index]! })).filter(({ isExcluded }) => !isExcluded)
  const rarest = wanted.reduce((a, b) => (b.hits < a.hits ? b : a))
  const limit = Math.min(dear, 5 * Math.max(1, rarest.hits))
  const isQuick = (term: Term, index: number) =>
    !term.isPrefix || term.tsquery === rarest.tsquery || hits[index]! <= limit
  return { tsquery: allOf(terms.filter(isQuick)), hits: rarest.hits }
}

/** What the newest tasks show: which match, how many have each term, and over how many days up to which they were created. */
const sampleNewest = async (db: Database, { user_id, terms, is_completed }: Search) => {
  const { rows } = await db.$client.query<{
    count: number
    last: number
    days: number
    hits: number[]
    ids: string[]
    ranks: number[]
  }>({
    name: `sample-newest-${terms.length}`,
    text: `SELECT count(*)::int AS count, extract(epoch FROM max(created_at))::float8 / 86400 AS last,
             extract(epoch FROM max(created_at) - min(created_at))::float8 / 86400 AS days,
             ARRAY[${terms.map((_, index) => `count(*) FILTER (WHERE search @@ $${index + 4}::tsquery)`).join()}]::int[] AS hits,
             coalesce((array_agg(id::text) FILTER (WHERE is_match))[1:${most}], '{}') AS ids,
             coalesce((array_agg(ts_rank(search, $2::tsquery)::float8) FILTER (WHERE is_match))[1:${most}], '{}') AS ranks
           FROM (
             SELECT id, created_at, search,
               search @@ $2::tsquery AND is_completed = coalesce($3::boolean, is_completed) AS is_match
             FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL
             ORDER BY created_at DESC, id DESC LIMIT ${sample}) AS newest`,
    values: [user_id, allOf(terms), is_completed, ...terms.map(({ tsquery }) => tsquery)],
  })
  const { ids, ranks, ...seen } = rows[0]!
  return { ...seen, matches: ids.map((id, index): Match => ({ id, rank: ranks[index]! })) }
}

/** Those among the newest tasks, of which so many are read. */
const amongNewest = async (db: Database, search: Search, read: number): Promise<Match[]> => {
  const { rows } = await db.$client.query<Match>(
    `SELECT id, ts_rank(search, $2::tsquery)::float8 AS rank FROM (
       SELECT id, search, is_completed FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL
       ORDER BY created_at DESC, id DESC LIMIT ${Math.ceil(read)}) AS newest
     WHERE search @@ $2::tsquery AND is_completed = coalesce($3::boolean, is_completed) LIMIT ${most}`,
    [search.user_id, allOf(search.terms), search.is_completed],
  )
  return rows
}

/** Those among the tasks that the index names when it is asked this. Nothing else is said to it: the planner would use it. */
const byIndex = async (db: Database, search: Search, asked: string): Promise<Match[]> => {
  const { rows } = await db.$client.query<Match>({
    name: 'matches-by-index',
    text: `SELECT id, ts_rank(search, $2::tsquery)::float8 AS rank FROM (
             SELECT id, search FROM (
               SELECT id, user_id, is_completed, created_at, search FROM tasks.tasks
               WHERE search @@ $4::tsquery AND deleted_at IS NULL OFFSET 0) AS named
             WHERE user_id = $1 AND search @@ $2::tsquery AND is_completed = coalesce($3::boolean, is_completed)
             ORDER BY created_at DESC, id DESC LIMIT ${most}) AS matching`,
    values: [search.user_id, allOf(search.terms), search.is_completed, asked],
  })
  return rows
}

const mostDays = 40

/** The days from so many before the last on, as a tsquery (of digits and letters that are ours); undefined when they are more than that is good for. */
const newestDays = (user_id: string, last: number, days: number): string | undefined => {
  if (days > mostDays) return undefined
  const first = Math.floor(last - days)
  const all = Array.from({ length: Math.floor(last) - first + 1 }, (_, index) =>
    new Date((first + index) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''),
  )
  return all.map((day) => `'${ownPrefix(user_id)}@${day}'`).join(' | ')
}

/** So many titles are compared: each takes 5 µs, and an index of trigrams would cost every write, for few searches. */
const compared = 500

/** Titles that look alike, among the newest. */
export const findAlike = async (db: Database, search: Search, words: string): Promise<Match[]> => {
  const { rows } = await db.$client.query<Match>({
    name: 'titles-alike',
    text: `SELECT id, rank FROM (
             SELECT id, extensions.word_similarity($2, title)::float8 AS rank FROM (
               SELECT id, title, is_completed FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL
               ORDER BY created_at DESC, id DESC LIMIT ${compared}) AS newest
             WHERE is_completed = coalesce($3::boolean, is_completed) OFFSET 0) AS compared
           WHERE rank >= 0.3 ORDER BY rank DESC, id DESC LIMIT 20`,
    values: [search.user_id, words, search.is_completed],
  })
  return rows
}
