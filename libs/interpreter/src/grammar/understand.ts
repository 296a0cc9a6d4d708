import { textsOf } from '../texts/texts-of.ts'
import { english } from './english.ts'
import type { Grammar } from './grammar.ts'
import type { Intent } from './intent.ts'
import { readList } from './list.ts'
import { french } from './other/french.ts'
import { german } from './other/german.ts'
import { spanish } from './other/spanish.ts'
import { firstOf } from './rule.ts'
import type { Language, Said } from './said.ts'
import { type Sentence, splitSentences } from './sentences.ts'
import { isSlipOf, tidy } from './words.ts'

export interface Part {
  text: string
  intent: Intent
}

const grammars: Record<Language, Grammar> = { en: english, de: german, fr: french, es: spanish }

/** Longer than any command; bounds the time of parsing. */
const longest = 1_000

/** The intents of a text in the language of `said`, sentence by sentence. Accepts any text. */
export const understand = (text: string, said: Said): Part[] => {
  const whole = tidy(text)
  if (whole.length > longest)
    return [{ text: `${whole.slice(0, 60)}...`, intent: { kind: 'unknown', hint: textsOf(said).tooLong } }]
  const grammar = grammars[said.language]
  return splitSentences(whole, grammar.sentences).map((sentence) => ({
    text: sentence.text,
    intent: readSentence(sentence, said, grammar),
  }))
}

/** A part without polite phrases, and whether it is a question. */
const plain = (part: string, { polite, asking }: Grammar): { words: string; isQuestion: boolean } => {
  const isMarked = /\?\s*[!?.]*$/.test(part)
  const signless = part.replace(/[\s.!?,;:]+$/, '').replace(/^[\s¿¡]+/, '')
  const greeted = polite.exec(signless)
  const addressed = greeted ? signless.slice(greeted[0].length) : signless
  const request = asking.exec(addressed)
  return { words: request ? addressed.slice(request[0].length) : addressed, isQuestion: isMarked && !request }
}

const readSentence = ({ text, isUnclear }: Sentence, said: Said, grammar: Grammar): Intent => {
  const { talk, turned, look, changes } = grammar
  if (isUnclear) return { kind: 'unknown', hint: textsOf(said).mayBeTitle }
  const signless = text.replace(/[\s.!?,;]+$/, '').replace(/^[\s¿¡]+/, '')
  if (signless === '') return text.includes('?') ? { kind: 'help' } : { kind: 'unknown' }
  const { words, isQuestion } = plain(text, grammar)
  const asked = words.replace(grammar.thanks, '')
  const short = grammar.apart?.(asked) ?? asked
  const answer =
    firstOf(talk, signless, said) ?? firstOf(talk, short, said) ?? firstOf([...turned, ...look], short, said)
  if (answer) return answer
  // "add say thank you" is a title.
  const command = grammar.isAddition.test(words) ? words.replace(grammar.please, '') : short
  const change = firstOf(changes, command, said)
  if (change) return isQuestion && isChange(change) ? refuseQuestion(short, said) : change
  const corrected = withoutSlip(short, grammar.lookingUp)
  const listed =
    readList(short, said) ?? (corrected && (firstOf([...talk, ...look], corrected, said) ?? readList(corrected, said)))
  return listed || grammar.unknown(short, signless, said)
}

const isChange = ({ kind }: Intent): boolean => !['history', 'unknown', 'refused', 'undo'].includes(kind)

const refuseQuestion = (words: string, said: Said): Intent => ({
  kind: 'refused',
  say: textsOf(said).refused.question(words),
})

const withoutSlip = (words: string, lookingUp: string[]): string | undefined => {
  const [first = '', ...others] = words.split(' ')
  const meant = lookingUp.find((word) => isSlipOf(first.toLowerCase(), word))
  return meant && [meant, ...others].join(' ')
}
