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
  if (meant) return { kind: 'unknown', hint: `Did you mean "${[meant, ...others].join(' ')}"?` }
  if (isForeign(part)) return { kind: 'unknown', hint: 'I understand English only.' }
  const done = /^(.+) (?:is|are) (?:already )?(?:done|finished|complete|completed)$/i.exec(words)?.[1]
  if (done) return { kind: 'unknown', hint: `If it is done, say "complete ${done}".` }
  const todo = /^(?:i (?:need|have|want|must|should|ought|got)(?: to)?|we (?:need|have) to|gotta|must) (.+)$/i.exec(
    words,
  )?.[1]
  if (todo) return { kind: 'unknown', hint: `To note it, say "add ${todo}".` }
  return { kind: 'unknown' }
}

/** Words that English sentences rarely have. */
const foreign = new Set(
  `der die das und ich nicht bitte aufgabe aufgaben heute morgen lösche erledige zeige le la les et je une pas tâche aujourd'hui demain
  supprime el los las una tarea tareas hoy mañana borra por favor il gli che di oggi domani cancella uma hoje amanhã apagar
  het een niet taak vandaag på och inte ikke jeg zadanie usuń dzisiaj`.split(/\s+/),
)

const isForeign = (text: string): boolean => {
  const letters = text.match(/\p{L}/gu) ?? []
  const others = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter))
  if (letters.length > 0 && others.length / letters.length > 0.3) return true
  const words = text.toLowerCase().split(/[^\p{L}']+/u)
  return words.some((word) => foreign.has(word))
}
