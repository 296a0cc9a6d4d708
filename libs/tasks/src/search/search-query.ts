import { type Database, invalid } from '@taskflow/service-kit'

/** One condition on `tasks.search`: a word or a phrase, each word prefixed with its user. */
export interface Term {
  /** In the text form of Postgres' tsquery. */
  tsquery: string
  /** Its last word also matches longer words. In the index that is a lookup of many words, which is expensive. */
  isPrefix: boolean
  isExcluded: boolean
}

/** A search after parsing. */
export interface SearchQuery {
  /** All must match. */
  terms: Term[]
  /** The words to highlight in a text, as a tsquery. */
  highlighted: string
  /** The words to look for in similar titles; undefined when the search has quotes or exclusions. */
  words: string | undefined
}

const maxWords = 20

/** What the words of a user begin with in `tasks.search`. */
export const ownPrefix = (user_id: string): string => `u${user_id.slice(-8)}`

/** Too short for a prefix: too many words begin with it. Not so in scripts where one character is a word. */
const tooShort = /^[\p{Script=Latin}\p{Nd}]{1,2}$/u

/**
 * Reads a search: words, which from three letters on also match longer words that begin with them, and "quoted
 * phrases"; a minus before either excludes. Postgres splits it into words, as it did with the tasks, because what
 * counts as a letter depends on its locale. The operators of tsquery do not survive the split. Problem 422 for a search
 * without words and for one with too many.
 */
export const readSearch = async (db: Database, user_id: string, text: string): Promise<SearchQuery> => {
  const written = [...text.matchAll(/(-?)("[^"]*"?|[^\s"]+)/g)].flatMap(([, minus, content]) => {
    const words = content!.match(/[\p{Alphabetic}\p{Nd}](?:[\p{Alphabetic}\p{Nd}]|[\u0300-\u036f])*/gu)
    const isExcluded = minus === '-'
    return words ? [{ content, words, isExcluded, isExact: isExcluded || content!.startsWith('"') }] : []
  })
  if (written.flatMap(({ words }) => words).length > maxWords) throw invalid('q', `must be at most ${maxWords} words`)
  const { rows } = await db.$client.query<{ own: string; highlighted: string }>({
    name: 'read-search',
    text: `SELECT phraseto_tsquery('tasks.words', tasks.own_words($1, content))::text AS own,
                  phraseto_tsquery('tasks.words', tasks.plain_words(content))::text AS highlighted
           FROM unnest($2::text[]) WITH ORDINALITY AS term (content, place) ORDER BY place`,
    values: [user_id, written.map(({ content }) => content)],
  })
  const terms = written
    .map((term, index) => ({ ...term, ...rows[index]!, isPrefix: !term.isExact && !tooShort.test(term.words.at(-1)!) }))
    .filter(({ own }) => own !== '')
  const wanted = terms.filter(({ isExcluded }) => !isExcluded)
  if (wanted.length === 0) throw invalid('q', 'must have a word to search for')
  const toTsquery = (phrase: string, isPrefix: boolean) => `(${phrase}${isPrefix ? ':*' : ''})`
  return {
    terms: terms.map(({ own, isPrefix, isExcluded }) => ({ tsquery: toTsquery(own, isPrefix), isPrefix, isExcluded })),
    highlighted: wanted.map(({ highlighted, isPrefix }) => toTsquery(highlighted, isPrefix)).join(' & '),
    words: terms.some(({ isExact }) => isExact) ? undefined : wanted.flatMap(({ words }) => words).join(' '),
  }
}

/** All terms as one tsquery. */
export const allOf = (terms: Term[]): string =>
  terms.map(({ tsquery, isExcluded }) => `${isExcluded ? '!' : ''}${tsquery}`).join(' & ')
