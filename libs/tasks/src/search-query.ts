import { invalid } from '@taskflow/service-kit'

/** What somebody searches for, as texts of Postgres' tsquery. */
export interface SearchQuery {
  /** What `tasks.search` must match: each word has its user before it. */
  tsquery: string
  /** What of the words of a text is shown as found. */
  shown: string
  /** The words for which others that look alike may be taken; undefined when it was said more exactly. */
  words: string | undefined
}

interface Term {
  words: string[]
  isExcluded: boolean
  isExact: boolean
}

const mostWords = 20

/**
 * Reads a search: words, each also as the beginning of a longer one, and "several words" one after the other; a minus
 * before either excludes. Words are letters, digits and accents alone (as in the migration 0010), so nothing that means
 * something to tsquery gets into one. Problem 422 for nothing to look for, and for too much.
 */
export const readSearch = (user_id: string, text: string): SearchQuery => {
  const terms = [...text.matchAll(/(-?)("[^"]*"?|[^\s"]+)/g)].flatMap(([, minus, term]): Term[] => {
    const words = term!.match(/[\p{Alphabetic}\p{Nd}](?:[\p{Alphabetic}\p{Nd}]|[\u0300-\u036f])*/gu)
    return words ? [{ words, isExcluded: minus === '-', isExact: minus === '-' || term!.startsWith('"') }] : []
  })
  const wanted = terms.filter(({ isExcluded }) => !isExcluded)
  const count = terms.flatMap(({ words }) => words).length
  if (wanted.length === 0) throw invalid('q', 'must have a word to search for')
  if (count > mostWords) throw invalid('q', `must be at most ${mostWords} words`)
  const own = `u${user_id.slice(-8)}`
  return {
    tsquery: terms.map((term) => (term.isExcluded ? `!${written(term, own)}` : written(term, own))).join(' & '),
    shown: wanted.map((term) => written(term, '')).join(' & '),
    words: terms.some(({ isExact }) => isExact) ? undefined : wanted.flatMap(({ words }) => words).join(' '),
  }
}

const written = ({ words, isExact }: Term, before: string): string =>
  `(${words.map((word) => `'${before}${word}'`).join(' <-> ')}${isExact ? '' : ':*'})`
