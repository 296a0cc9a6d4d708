import type { Database } from '@taskflow/service-kit'
import { allOf, ownPrefix, type Term } from './search-query.ts'

/** A task that matches, with its rank. */
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

/** When more tasks match, only the newest are ranked. */
const maxMatches = 100
/** How many of the newest tasks are read to estimate how common each word is. */
const sampleSize = 500
/** Prefixes matching more of the sample than this are expensive index lookups. */
const maxPrefixHits = sampleSize / 10
/** From this product of shares on, scanning (1 µs a task) beats the index (60 ms times a word's share of 100,000). */
const minShareToScan = 0.004
/** From this share of matches on, the newest days are searched first. */
const minShareForDays = 0.005

/**
 * The matches to rank (docs/decisions/0008-search-index.md). Reading a task found by the index costs more than going on
 * to the next newest task. So common words are looked for by scanning the newest tasks, less common ones in the index
 * for as many of the newest days as should suffice, and rare ones in the whole index. (The planner cannot choose: it
 * takes a user's words to be as rare among their own tasks as among everyone's.)
 */
export const findMatches = async (db: Database, search: Search): Promise<Match[]> => {
  const newest = await sampleNewest(db, search)
  if (newest.matches.length === maxMatches || newest.count < sampleSize) return newest.matches
  const share = lowEstimate(newest.matches.length) / sampleSize
  const lookup = indexLookup(search.terms, newest.hits)
  if ((share * lookup.hits) / sampleSize > minShareToScan) {
    const found = await scanNewest(db, search, (2 * maxMatches) / share)
    if (found.length === maxMatches) return found
  }
  if (share > minShareForDays) {
    const days = newestDays(search.user_id, newest.last, (newest.days * maxMatches) / share / sampleSize)
    const found = days ? await findByIndex(db, search, `(${lookup.tsquery}) & (${days})`) : []
    if (found.length === maxMatches) return found
  }
  return findByIndex(db, search, lookup.tsquery)
}

/** A count in the sample, less a standard deviation: the share among all tasks is hardly smaller. */
const lowEstimate = (count: number): number => count - Math.sqrt(count)

/**
 * The terms to look up in the index; the others are checked on the tasks it returns. For a prefix the index reads every
 * word that begins with it, however few tasks have the other words, so common prefixes are left out.
 */
const indexLookup = (terms: Term[], hits: number[]): { tsquery: string; hits: number } => {
  const wanted = terms.map((term, index) => ({ ...term, hits: hits[index]! })).filter(({ isExcluded }) => !isExcluded)
  const rarest = wanted.reduce((a, b) => (b.hits < a.hits ? b : a))
  const limit = Math.min(maxPrefixHits, 5 * Math.max(1, rarest.hits))
  const isQuick = (term: Term, index: number) =>
    !term.isPrefix || term.tsquery === rarest.tsquery || hits[index]! <= limit
  return { tsquery: allOf(terms.filter(isQuick)), hits: rarest.hits }
}

/**
 * Reads the newest tasks: which match, how many have each term, the last day on which one was created and over how many
 * days they were created.
 */
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
             coalesce((array_agg(id::text) FILTER (WHERE is_match))[1:${maxMatches}], '{}') AS ids,
             coalesce((array_agg(ts_rank(search, $2::tsquery)::float8) FILTER (WHERE is_match))[1:${maxMatches}], '{}') AS ranks
           FROM (
             SELECT id, created_at, search,
               search @@ $2::tsquery AND is_completed = coalesce($3::boolean, is_completed) AS is_match
             FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL
             ORDER BY created_at DESC, id DESC LIMIT ${sampleSize}) AS newest`,
    values: [user_id, allOf(terms), is_completed, ...terms.map(({ tsquery }) => tsquery)],
  })
  const { ids, ranks, ...seen } = rows[0]!
  return { ...seen, matches: ids.map((id, index): Match => ({ id, rank: ranks[index]! })) }
}

/** The matches among the newest tasks, of which at most `read` are read. */
const scanNewest = async (db: Database, search: Search, read: number): Promise<Match[]> => {
  const { rows } = await db.$client.query<Match>(
    `SELECT id, ts_rank(search, $2::tsquery)::float8 AS rank FROM (
       SELECT id, search, is_completed FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL
       ORDER BY created_at DESC, id DESC LIMIT ${Math.ceil(read)}) AS newest
     WHERE search @@ $2::tsquery AND is_completed = coalesce($3::boolean, is_completed) LIMIT ${maxMatches}`,
    [search.user_id, allOf(search.terms), search.is_completed],
  )
  return rows
}

/** The matches among the candidates from the GIN index. `OFFSET 0` keeps the planner from adding other conditions. */
const findByIndex = async (db: Database, search: Search, lookup: string): Promise<Match[]> => {
  const { rows } = await db.$client.query<Match>({
    name: 'matches-by-index',
    text: `SELECT id, ts_rank(search, $2::tsquery)::float8 AS rank FROM (
             SELECT id, search FROM (
               SELECT id, user_id, is_completed, created_at, search FROM tasks.tasks
               WHERE search @@ $4::tsquery AND deleted_at IS NULL OFFSET 0) AS named
             WHERE user_id = $1 AND search @@ $2::tsquery AND is_completed = coalesce($3::boolean, is_completed)
             ORDER BY created_at DESC, id DESC LIMIT ${maxMatches}) AS matching`,
    values: [search.user_id, allOf(search.terms), search.is_completed, lookup],
  })
  return rows
}

const maxDays = 40

/**
 * The last days, as a tsquery (of our own digits and letters, so it needs no escaping). Undefined when they are too
 * many for that to pay.
 */
const newestDays = (user_id: string, last: number, days: number): string | undefined => {
  if (days > maxDays) return undefined
  const first = Math.floor(last - days)
  const all = Array.from({ length: Math.floor(last) - first + 1 }, (_, index) =>
    new Date((first + index) * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''),
  )
  return all.map((day) => `'${ownPrefix(user_id)}@${day}'`).join(' | ')
}

/** Each comparison takes 5 µs; an index of trigrams would burden every write for few searches. */
const maxCompared = 500

/** Similar titles among the newest tasks. */
export const findSimilarTitles = async (db: Database, search: Search, words: string): Promise<Match[]> => {
  const { rows } = await db.$client.query<Match>({
    name: 'similar-titles',
    text: `SELECT id, rank FROM (
             SELECT id, extensions.word_similarity($2, title)::float8 AS rank FROM (
               SELECT id, title, is_completed FROM tasks.tasks WHERE user_id = $1 AND deleted_at IS NULL
               ORDER BY created_at DESC, id DESC LIMIT ${maxCompared}) AS newest
             WHERE is_completed = coalesce($3::boolean, is_completed) OFFSET 0) AS compared
           WHERE rank >= 0.3 ORDER BY rank DESC, id DESC LIMIT 20`,
    values: [search.user_id, words, search.is_completed],
  })
  return rows
}
