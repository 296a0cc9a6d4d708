import { en } from '../texts/en.ts'
import type { Intent } from './intent.ts'
import { isSlipOf } from './words.ts'

/** Verbs that change something: a typo in one is reported, never corrected. */
const verbs =
  'remind create delete remove complete finish move reschedule postpone snooze repeat pause resume reopen preview'.split(
    ' ',
  )

/** A hint for what to say instead. A guess never changes anything. */
export const unknown = (words: string, part: string): Intent => {
  const [first = '', ...others] = words.split(' ')
  const meant = verbs.find((verb) => isSlipOf(first.toLowerCase(), verb))
  if (meant) return { kind: 'unknown', hint: en.didYouMean([meant, ...others].join(' ')) }
  if (isForeign(part)) return { kind: 'unknown', hint: en.otherLanguage }
  const done = /^(.+) (?:is|are) (?:already )?(?:done|finished|complete|completed)$/i.exec(words)?.[1]
  if (done) return { kind: 'unknown', hint: en.hints.ifDone(done) }
  const todo = /^(?:i (?:need|have|want|must|should|ought|got)(?: to)?|we (?:need|have) to|gotta|must) (.+)$/i.exec(
    words,
  )?.[1]
  if (todo) return { kind: 'unknown', hint: en.hints.toNote(todo) }
  return { kind: 'unknown' }
}

/** Words of languages that are not understood. */
const foreign = new Set(
  `il gli che oggi domani cancella uma hoje amanhã apagar het een niet taak vandaag på och inte ikke jeg zadanie usuń
  dzisiaj`.split(/\s+/),
)

/** Whether a text is in none of the four languages. */
export const isForeign = (text: string): boolean => {
  const letters = text.match(/\p{L}/gu) ?? []
  const others = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter))
  if (letters.length > 0 && others.length / letters.length > 0.3) return true
  const words = text.toLowerCase().split(/[^\p{L}']+/u)
  return words.some((word) => foreign.has(word))
}
