import type { Language, Part } from '../languages/language.ts'
import { plain, type TimeOfDay } from '../languages/lexicon.ts'
import { is, type Lexeme } from './lexemes.ts'

/** What the readers of the grammar work on. */
export interface Text {
  source: string
  lexemes: Lexeme[]
  language: Language
  /** 12/5 is the 5th of December. */
  monthFirst: boolean
  now: Temporal.ZonedDateTime
  /** From when on reminders of a day are counted. */
  reminderTime: Temporal.PlainTime
}

/** A value, and the index of the lexeme after it. */
export interface Read<Value> {
  value: Value
  next: number
}
export const read = <Value>(value: Value, next: number): Read<Value> => ({ value, next })

export const hours: Record<Part, TimeOfDay> = {
  morning: { hour: 9, minute: 0 },
  noon: { hour: 12, minute: 0 },
  afternoon: { hour: 15, minute: 0 },
  evening: { hour: 19, minute: 0 },
  night: { hour: 21, minute: 0 },
}

export const skip = ({ lexemes }: Text, at: number, test: (lexeme: Lexeme) => boolean): number =>
  lexemes[at] && test(lexemes[at]) ? at + 1 : at
export const skipComma = (text: Text, at: number): number => skip(text, at, ({ isComma }) => isComma === true)
export const skipThe = (text: Text, at: number): number =>
  skip(text, at, (each) => is(each, 'the') && each.unit === undefined)

/** A word that can belong to a date or rule. */
export const isDatelike = (lexeme: Lexeme | undefined): boolean =>
  lexeme !== undefined &&
  (lexeme.weekday !== undefined ||
    (lexeme.month !== undefined && !lexeme.isShort) ||
    (lexeme.ordinal !== undefined && !is(lexeme, 'past')) ||
    lexeme.clock !== undefined ||
    lexeme.date !== undefined ||
    lexeme.iso !== undefined ||
    lexeme.day !== undefined ||
    lexeme.holiday !== undefined)

/**
 * Whether what was read ends here: at the end of the text, before a sign or a word that starts another part. "look at 9
 * houses" and "on the 4th floor" are titles.
 */
export const endsAt = (text: Text, at: number, orTask = false): boolean => {
  const lexeme = text.lexemes[at]
  if (!lexeme || lexeme.isStop || lexeme.isComma) return true
  if (lexeme.isWord) return orTask && text.language.startsTask.test(wordAt(text, at))
  return (
    lexeme.tags.size > 0 ||
    isDatelike(lexeme) ||
    lexeme.part !== undefined ||
    lexeme.ofDay !== undefined ||
    lexeme.adverb !== undefined
  )
}

export const wordAt = ({ source, lexemes }: Text, at: number): string =>
  plain(source.slice(lexemes[at]?.start ?? 0, lexemes[at]?.end ?? 0))
