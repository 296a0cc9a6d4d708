import { add } from './add.ts'
import { complete } from './complete.ts'
import { remove } from './delete.ts'
import type { Intent } from './intent.ts'
import { readList } from './list.ts'
import { look } from './look.ts'
import { move } from './move.ts'
import { refuse } from './refuse.ts'
import { remind } from './remind.ts'
import { repeat } from './repeat.ts'
import { firstOf } from './rule.ts'
import type { Said } from './said.ts'
import { type Sentence, splitSentences } from './sentences.ts'
import { talk, turned } from './talk.ts'
import { unknown } from './unknown.ts'
import { isSlipOf, tidy } from './words.ts'

export interface Part {
  text: string
  intent: Intent
}

/** Longer than any command; bounds the time of parsing. */
const longest = 1_000

/** The intents of a text, sentence by sentence. Accepts any text. */
export const understand = (text: string, said: Said): Part[] => {
  const whole = tidy(text)
  if (whole.length > longest)
    return [{ text: `${whole.slice(0, 60)}...`, intent: { kind: 'unknown', hint: 'That is too long for me.' } }]
  return splitSentences(whole).map((sentence) => ({ text: sentence.text, intent: readSentence(sentence, said) }))
}

const polite =
  /^(?:(?:hey|hi|hello|ok|okay|please|pls|so|well|alright|right|now|also|and|then|taskflow|assistant|bot|great|thanks)(?:\s*[,!:]\s*|\s+))+(?=\S)/i
const asking =
  /^(?:(?:can|could|would|will) you (?:please |kindly |maybe )?|would you mind |i(?:'d| would) like (?:you )?to |i want (?:you )?to |i need you to |let's |kindly )(?:please )?/i
const thanks = /(?:[,\s]+(?:please|pls|thanks|thank you|for me|now|right now|right away|asap|then))+$/i

/** A part without polite phrases, and whether it is a question. */
const plain = (part: string): { words: string; isQuestion: boolean } => {
  const isMarked = /\?\s*[!?.]*$/.test(part)
  const signless = part.replace(/[\s.!?,;:]+$/, '')
  const greeted = polite.exec(signless)
  const addressed = greeted ? signless.slice(greeted[0].length) : signless
  const request = asking.exec(addressed)
  return { words: request ? addressed.slice(request[0].length) : addressed, isQuestion: isMarked && !request }
}

/** Rules of commands, by their first verb. */
const changes = [...refuse, ...complete, ...repeat, ...remind, ...move, ...remove, ...add]

const readSentence = ({ text, isUnclear }: Sentence, said: Said): Intent => {
  if (isUnclear) return { kind: 'unknown', hint: 'It may belong to the title before it: put the title in "quotes".' }
  const signless = text.replace(/[\s.!?,;]+$/, '')
  if (signless === '') return text.includes('?') ? { kind: 'help' } : { kind: 'unknown' }
  const { words, isQuestion } = plain(text)
  const short = words.replace(thanks, '')
  const answer =
    firstOf(talk, signless, said) ?? firstOf(talk, short, said) ?? firstOf([...turned, ...look], short, said)
  if (answer) return answer
  // "add say thank you" is a title.
  const command = isAddition.test(words) ? words.replace(/[,\s]+(?:please|pls)$/i, '') : short
  const change = firstOf(changes, command, said)
  if (change) return isQuestion && isChange(change) ? refuseQuestion(short) : change
  const corrected = withoutSlip(short)
  const listed =
    readList(short, said) ?? (corrected && (firstOf([...talk, ...look], corrected, said) ?? readList(corrected, said)))
  return listed || unknown(short, signless)
}

const isAddition = /^(?:add|create|new|make|put|remind|todo|to-do|task|note|jot|remember|don't)\b/i

const isChange = ({ kind }: Intent): boolean => !['history', 'unknown', 'refused', 'undo'].includes(kind)

const refuseQuestion = (words: string): Intent => ({
  kind: 'refused',
  say: `I change nothing on a question. If I should do it, say: ${words}`,
})

/** A typo in one of these is harmless: what follows only looks something up. */
const lookingUp = ['show', 'list', 'find', 'search', 'help', 'agenda', 'overdue', 'tomorrow', 'today', 'what']

const withoutSlip = (words: string): string | undefined => {
  const [first = '', ...others] = words.split(' ')
  const meant = lookingUp.find((word) => isSlipOf(first.toLowerCase(), word))
  return meant && [meant, ...others].join(' ')
}
