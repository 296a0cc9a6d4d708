import type { Concern } from './concern.ts'

/**
 * Whether a person's own words speak of what a call is about: each existing task by a word of its title or its id, and what
 * would be written by half of its words at least. A model that has read what is stored may do what it says there; what the
 * person did not name then waits for a confirmation.
 */
export const isNamed = ({ titles, texts }: Concern, said: string[]): boolean => {
  const all = said.join('\n')
  const words = wordsOf(all)
  const shared = (text: string) => wordsOf(text).filter((word) => words.some((each) => isSame(word, each)))
  return (
    [...titles].every(([id, title]) => all.toLowerCase().includes(id) || shared(title).length > 0) &&
    texts.every((text) => shared(text).length * 2 >= wordsOf(text).length)
  )
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/** The words that tell one thing from another: without case, accents, and those that every request is made of. */
const wordsOf = (text: string): string[] => {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = [...segmenter.segment(plain)].flatMap(({ segment, isWordLike }) => (isWordLike ? segment : []))
  return [...new Set(words.filter((word) => (word.length > 2 || /\P{ASCII}/u.test(word)) && !common.has(word)))]
}

/** `dentist` in `dentists` is the same. */
const isSame = (one: string, other: string): boolean => {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return short === long || (short.length >= 4 && long.startsWith(short))
}

const common = new Set(
  `task tasks todo todos all any and are ask can could for from get has have how into list mark mine move not now off one
   out please put set show the them then these this that those two what when which who will with would you your add new
   complete completed change delete deleted done finish finished remind reminder remove rename reopen reschedule today
   tomorrow week due day next my`.split(/\s+/),
)
