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

/** What the words of a person begin with in `tasks.search`. */
export const ownPrefix = (user_id: string): string => `u${user_id.slice(-8)}`

/** Too short for the beginning of a word, which too many have; where a character is a word, it is not. */
const short = /^[\p{Script=Latin}\p{Nd}]{1,2}$/u

/**
 * Reads a search: words, from three letters on also as the beginning of longer ones, and "several words" one after the
 * other; a minus before either excludes. Words are letters, digits and accents alone (as in the migration 0010), so nothing that means
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
  const own = ownPrefix(user_id)
  return {
    tsquery: terms.map((term) => (term.isExcluded ? `!${written(term, own)}` : written(term, own))).join(' & '),
    shown: wanted.map((term) => written(term, '')).join(' & '),
    words: terms.some(({ isExact }) => isExact) ? undefined : wanted.flatMap(({ words }) => words).join(' '),
  }
}

const written = ({ words, isExact }: Term, before: string): string =>
  `(${words.map((word) => `'${before}${word}'`).join(' <-> ')}${isExact || short.test(words.at(-1)!) ? '' : ':*'})`
