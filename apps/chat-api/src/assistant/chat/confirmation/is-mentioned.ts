/** What a call is about. */
interface Subject {
  /** Of existing tasks and series, by id. */
  titles: ReadonlyMap<string, string>
  /** What it would store. */
  texts: string[]
}

/**
 * Whether the user's own messages mention everything that a call is about: each existing task by its id or a word of
 * its title, each text that would be stored by at least half of its words. A model that has read stored texts may
 * follow what they say, so a call about anything that the user did not mention waits for a confirmation.
 */
export const isMentioned = ({ titles, texts }: Subject, userMessages: string[]): boolean => {
  const all = userMessages.join('\n')
  const words = wordsOf(all)
  const shared = (text: string) => wordsOf(text).filter((word) => words.some((each) => isSame(word, each)))
  return (
    [...titles].every(([id, title]) => all.toLowerCase().includes(id) || shared(title).length > 0) &&
    texts.every((text) => shared(text).length * 2 >= wordsOf(text).length)
  )
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' })

/**
 * The words that distinguish one task from another: without case and accents, and without those that are in every
 * request.
 */
const wordsOf = (text: string): string[] => {
  const plain = text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const words = [...segmenter.segment(plain)].flatMap(({ segment, isWordLike }) => (isWordLike ? segment : []))
  return [...new Set(words.filter((word) => (word.length > 2 || /\P{ASCII}/u.test(word)) && !common.has(word)))]
}

/** `dentist` matches `dentists`. */
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
