import { type Database, invalid } from '@taskflow/service-kit'
import type { Needle } from './find-needles.ts'
import { fold, joints, pictures, spaceless } from './scripts.ts'

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
  /** What to highlight besides: words that Postgres does not see as such. */
  needles: Needle[]
  /** The words to look for in similar titles; undefined when the search has quotes or exclusions. */
  words: string | undefined
}

/** A term as it was written. */
interface Written {
  /** The ways to spell it. */
  spellings: string[]
  words: string[]
  isExcluded: boolean
  isExact: boolean
}

const maxWords = 20

/** What the words of a user begin with in `tasks.search`. */
export const ownPrefix = (user_id: string): string => `u${user_id.slice(-8)}`

/** Too short for a prefix: too many words begin with it. Not so in scripts where one character is a word. */
const tooShort = /^[\p{Script=Latin}\p{Nd}]{1,2}$/u
const word = new RegExp(
  String.raw`[\p{Alphabetic}\p{Nd}](?:[\p{Alphabetic}\p{Nd}]|[\u0300-\u036f])*|[${pictures}]`,
  'gu',
)
const run = new RegExp(`[${spaceless}]+`, 'gu')
const lastRun = new RegExp(`[${spaceless}]+$`, 'u')
const inner = new RegExp(String.raw`(?<=[\p{Alphabetic}\p{Nd}])[${joints}](?=[\p{Alphabetic}\p{Nd}])`, 'gu')

/**
 * Reads a search: words, which from three letters on also match longer words that begin with them, and "quoted
 * phrases"; a minus before either excludes. Postgres splits it into words, as it did with the tasks, because what
 * counts as a letter depends on its locale. The operators of tsquery do not survive the split. Problem 422 for a search
 * without words and for one with too many.
 */
export const readSearch = async (db: Database, user_id: string, text: string): Promise<SearchQuery> => {
  const written = readWritten(text, (content) => [content, content.replaceAll(inner, '')])
  if (written.flatMap(({ words }) => words).length > maxWords) throw invalid('q', `must be at most ${maxWords} words`)
  const query = await toQuery(db, user_id, written)
  if (!query) throw invalid('q', 'must have a word to search for')
  return query
}

/** The same search in the other spelling of German umlauts: "gruesse" for "Grüße"; undefined when there is none. */
export const readRespelled = async (db: Database, user_id: string, text: string): Promise<SearchQuery | undefined> => {
  const written = readWritten(text, (content, isExact) =>
    isExact
      ? [content]
      : [
          content,
          content.replaceAll(/(?<=[aou])e/gi, ''),
          content.normalize('NFC').replaceAll(/[äöü]/gi, (each) => `${each.normalize('NFD')[0]}e`),
        ],
  )
  return written.some(({ spellings }) => spellings.length > 1) ? toQuery(db, user_id, written) : undefined
}

const readWritten = (text: string, spell: (content: string, isExact: boolean) => string[]): Written[] =>
  [...text.matchAll(/(-?)("[^"]*"?|[^\s"]+)/g)].flatMap(([, minus, content]) => {
    const words = content!.match(word)
    const isExcluded = minus === '-'
    const isExact = isExcluded || content!.startsWith('"')
    return words ? [{ spellings: [...new Set(spell(content!, isExact))], words, isExcluded, isExact }] : []
  })

/** Undefined when no word is to be found. */
const toQuery = async (db: Database, user_id: string, written: Written[]): Promise<SearchQuery | undefined> => {
  const spellings = written.flatMap(({ spellings }) => spellings)
  const { rows } = await db.$client.query<Parsed>({
    name: 'read-search',
    text: `SELECT phraseto_tsquery('tasks.words', tasks.own_search_words($1, content, true))::text AS own,
                  phraseto_tsquery('tasks.words', tasks.own_words($1, content))::text AS before,
                  phraseto_tsquery('tasks.words', tasks.plain_words(spaced))::text AS highlighted
           FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS term (content, spaced, place) ORDER BY place`,
    values: [user_id, spellings, spellings.map(withoutRuns)],
  })
  let place = 0
  const terms = written
    .map((term) => {
      const parsed = term.spellings.map((content) => ({ content, ...rows[place++]! })).filter(({ own }) => own !== '')
      return { ...term, parsed, ...toTerm(term, parsed) }
    })
    .filter(({ parsed }) => parsed.length > 0)
  const wanted = terms.filter(({ isExcluded }) => !isExcluded)
  if (wanted.length === 0) return undefined
  return {
    terms: terms.map(({ tsquery, isPrefix, isExcluded }) => ({ tsquery, isPrefix, isExcluded })),
    highlighted: wanted
      .flatMap(({ parsed, isPrefix }) =>
        parsed.flatMap(({ highlighted }) => (highlighted === '' ? [] : [phrase(highlighted, isPrefix)])),
      )
      .join(' | '),
    needles: wanted.flatMap(({ spellings, isExact }) => spellings.flatMap((content) => needlesIn(content, isExact))),
    words: terms.some(({ isExact }) => isExact) ? undefined : wanted.flatMap(({ words }) => words).join(' '),
  }
}

interface Parsed {
  own: string
  /** As tasks were searched before the migration search-words: those that are not computed again yet. */
  before: string
  highlighted: string
}

const toTerm = ({ isExact }: Written, parsed: (Parsed & { content: string })[]) => {
  const found = parsed.map(({ content, own, before }) => {
    const last = content.normalize('NFKC').match(word)?.at(-1) ?? ''
    const length = [...(lastRun.exec(last)?.[0] ?? '')].length
    // A pair of characters is a word of the index, one of them is the beginning of several.
    const isPrefix = length > 0 ? length === 1 : !isExact && !tooShort.test(last)
    return { isPrefix, tsquery: [phrase(own, isPrefix), ...(length > 1 ? [phrase(before, !isExact)] : [])].join(' | ') }
  })
  return {
    tsquery: `(${found.map(({ tsquery }) => tsquery).join(' | ')})`,
    isPrefix: found.some(({ isPrefix }) => isPrefix),
  }
}

const phrase = (words: string, isPrefix: boolean) => `(${words}${isPrefix ? ':*' : ''})`

const withoutRuns = (content: string): string => {
  const whole = content.normalize('NFKC')
  return whole.search(run) >= 0 ? whole.replaceAll(run, ' ') : content
}

const needlesIn = (content: string, isExact: boolean): Needle[] => {
  const whole = content.normalize('NFKC').replaceAll(inner, '')
  const parts = whole.replaceAll(run, ' ').match(word) ?? []
  return [
    ...(whole.match(run) ?? []).map((each) => ({ text: fold(each), is: 'part' as const })),
    ...parts.map((each) => ({
      text: fold(each),
      is: new RegExp(`^[${pictures}]`, 'u').test(each)
        ? ('part' as const)
        : isExact || tooShort.test(each)
          ? ('word' as const)
          : ('beginning' as const),
    })),
  ].filter(({ text }) => text !== '')
}

/** All terms as one tsquery. */
export const allOf = (terms: Term[]): string =>
  terms.map(({ tsquery, isExcluded }) => `${isExcluded ? '!' : ''}${tsquery}`).join(' & ')
