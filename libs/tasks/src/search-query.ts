import { type Database, invalid } from '@taskflow/service-kit'

/** What `tasks.search` must match, as text of Postgres' tsquery: a word or a phrase, each word with its user before it. */
export interface Term {
  tsquery: string
  /** Its last word may go on: the index is asked for many words, which is dear. */
  isPrefix: boolean
  isExcluded: boolean
}

/** What somebody searches for. */
export interface SearchQuery {
  /** All must match. */
  terms: Term[]
  /** What of the words of a text is shown as found, as a tsquery. */
  shown: string
  /** The words for which others that look alike may be taken; undefined when it was said more exactly. */
  words: string | undefined
}

const mostWords = 20

/** What the words of a person begin with in `tasks.search`. */
export const ownPrefix = (user_id: string): string => `u${user_id.slice(-8)}`

/** Too short for the beginning of a word, which too many have; where a character is a word, it is not. */
const short = /^[\p{Script=Latin}\p{Nd}]{1,2}$/u

/**
 * Reads a search: words, from three letters on also as the beginning of longer ones, and "several words" one after the
 * other; a minus before either excludes. Postgres splits it into words, as it did with the tasks: what it takes for a
 * letter depends on its locale. Nothing that means something to tsquery is left of what was written. Problem 422 for
 * nothing to look for, and for too much.
 */
export const readSearch = async (db: Database, user_id: string, text: string): Promise<SearchQuery> => {
  const written = [...text.matchAll(/(-?)("[^"]*"?|[^\s"]+)/g)].flatMap(([, minus, content]) => {
    const words = content!.match(/[\p{Alphabetic}\p{Nd}](?:[\p{Alphabetic}\p{Nd}]|[\u0300-\u036f])*/gu)
    const isExcluded = minus === '-'
    return words ? [{ content, words, isExcluded, isExact: isExcluded || content!.startsWith('"') }] : []
  })
  if (written.flatMap(({ words }) => words).length > mostWords) throw invalid('q', `must be at most ${mostWords} words`)
  const { rows } = await db.$client.query<{ own: string; shown: string }>({
    name: 'read-search',
    text: `SELECT phraseto_tsquery('tasks.words', tasks.own_words($1, content))::text AS own,
                  phraseto_tsquery('tasks.words', tasks.plain_words(content))::text AS shown
           FROM unnest($2::text[]) WITH ORDINALITY AS term (content, place) ORDER BY place`,
    values: [user_id, written.map(({ content }) => content)],
  })
  const terms = written
    .map((term, index) => ({ ...term, ...rows[index]!, isPrefix: !term.isExact && !short.test(term.words.at(-1)!) }))
    .filter(({ own }) => own !== '')
  const wanted = terms.filter(({ isExcluded }) => !isExcluded)
  if (wanted.length === 0) throw invalid('q', 'must have a word to search for')
  const ended = (phrase: string, isPrefix: boolean) => `(${phrase}${isPrefix ? ':*' : ''})`
  return {
    terms: terms.map(({ own, isPrefix, isExcluded }) => ({ tsquery: ended(own, isPrefix), isPrefix, isExcluded })),
    shown: wanted.map(({ shown, isPrefix }) => ended(shown, isPrefix)).join(' & '),
    words: terms.some(({ isExact }) => isExact) ? undefined : wanted.flatMap(({ words }) => words).join(' '),
  }
}

/** Terms as one tsquery. */
export const allOf = (terms: Term[]): string =>
  terms.map(({ tsquery, isExcluded }) => `${isExcluded ? '!' : ''}${tsquery}`).join(' & ')
