import type { Language } from '../grammar/said.ts'
import { readPlaces } from '../grammar/target.ts'
import { bare, isVague, normal, tidy, wordsOf } from '../grammar/words.ts'
import { wordsIn } from '../words/words-in.ts'
import type { Item } from './tasks.ts'

/** The one item that is clearly meant, or the candidates. */
export type Selection = { clear: Item } | { candidates: Item[] }

/**
 * The item a text names: the only one with exactly this title, or the only one with all these words in its title. It is
 * not clear when not all matches are known, when titles are only similar, or when the text has more words than a title.
 */
export const select = (
  text: string,
  items: Item[],
  {
    isComplete,
    isFuzzy,
    isQuoted,
    language,
  }: { isComplete: boolean; isFuzzy: boolean; isQuoted: boolean; language: Language },
): Selection => {
  const titles = new Set([normal(text), ...(isQuoted ? [] : [normal(bare(text, language))])])
  const exact = items.filter(({ title }) => titles.has(normal(title)))
  if (isComplete && exact.length === 1) return { clear: exact[0]! }
  if (exact.length > 1) return { candidates: exact }
  const matching = matchingWords(bare(text, language), items)
  const isClear = isComplete && !isFuzzy && !isQuoted && !isVague(bare(text, language), language)
  if (isClear && matching.length === 1) return { clear: matching[0]! }
  return { candidates: matching.length > 0 ? matching : items }
}

const matchingWords = (text: string, items: Item[]): Item[] => {
  const words = wordsOf(text)
  if (words.length === 0) return []
  return items.filter(({ title }) => {
    const own = new Set(wordsOf(title))
    return words.every((word) => own.has(word))
  })
}

/** Items that share a word with a text, or its whole title. */
export const related = (text: string, items: Item[], language: Language): Item[] => {
  const words = new Set(wordsOf(bare(text, language)))
  return items.filter(({ title }) => normal(title) === normal(text) || wordsOf(title).some((word) => words.has(word)))
}

/** The query for `search`; undefined without a word. `search` accepts 20 words and 200 characters. */
export const searchWords = (text: string, language: Language): string | undefined => {
  const words = tidy(bare(text, language))
    .replaceAll(/["*]|(?<!\S)-+/g, ' ')
    .split(/\s+/)
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
  let query = ''
  let count = 0
  for (const word of words) {
    count += wordsOf(word).length + (word.match(/[^\p{L}\p{N}]/gu)?.length ?? 0)
    if (count > 20 || query.length + word.length > 199) break
    query = `${query} ${word}`.trim()
  }
  return query || undefined
}

/**
 * The items a reply chooses: by numbers, by words of a title, or all. Several when the words match several; undefined
 * when the reply names none of them.
 */
export const readChoice = (
  text: string,
  candidates: Item[],
  language: Language,
): { chosen: Item[]; isByWords: boolean } | undefined => {
  if (text.includes('?')) return undefined
  const { lead, tail, all, both, yes, fillers } = wordsIn(language).reply
  const answer = normal(text).replace(lead, '').replace(tail, '')
  if (all.test(answer))
    return both.test(answer) && candidates.length !== 2 ? undefined : { chosen: candidates, isByWords: false }
  if (candidates.length === 1 && yes.test(answer)) return { chosen: candidates, isByWords: false }
  const exact = candidates.filter(({ title }) => normal(title) === answer)
  if (exact.length === 1) return { chosen: exact, isByWords: false }
  const places = readPlaces(answer, language)
  if (places) {
    const chosen = places.map((place) => candidates.at(place < 0 ? place : place - 1))
    return chosen.includes(undefined) ? undefined : { chosen: [...new Set(chosen as Item[])], isByWords: false }
  }
  const words = wordsOf(answer).filter((word) => !fillers.test(word))
  const chosen = isVague(words.join(' '), language) ? [] : matchingWords(words.join(' '), candidates)
  return chosen.length > 0 ? { chosen, isByWords: true } : undefined
}
