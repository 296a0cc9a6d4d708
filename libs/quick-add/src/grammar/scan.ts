import { is } from './lexemes.ts'
import { type Remind, readRemind } from './remind.ts'
import { type Rule, readRule } from './rule.ts'
import { durationOf } from './span.ts'
import { isDatelike, type Text } from './text.ts'
import { readWhen, type When } from './when.ts'

/** A part of the text that the grammar read, as indexes of lexemes. */
export type Piece = { from: number; to: number } & (
  | { is: 'rule'; rule: Rule }
  | { is: 'when'; when: When }
  | { is: 'remind'; remind: Remind }
  | { is: 'count'; count: number }
  | { is: 'for'; duration: Temporal.Duration }
  | { is: 'completion' }
)

/** Reads from left to right; what is read, or refused as a whole, is never read again. */
export const scan = (text: Text): Piece[] => {
  const pieces: Piece[] = []
  for (let at = 0; at < text.lexemes.length; ) {
    const piece = pieceAt(text, at)
    if (piece && piece.to > at) {
      const last = pieces.at(-1)
      // "remind me tomorrow to call Bob": the last word belongs to the reminder.
      const isOpen = last?.is === 'remind' && last.remind.is === 'due' && last.remind.isOpen
      if (isOpen && is(text.lexemes[piece.to], 'about')) piece.to++
      // What was refused takes its time of day along, so that it is not read by itself.
      if (piece.is === 'when' && piece.when.isRefused) while (isPartOf(text, piece.to)) piece.to++
      pieces.push(piece)
      at = piece.to
    } else at++
  }
  return pieces
}

const isPartOf = ({ lexemes }: Text, at: number): boolean => {
  const lexeme = lexemes[at]
  return lexeme !== undefined && !lexeme.isWord && !lexeme.isStop && !lexeme.isComma && !is(lexeme, 'remind', 'every')
}

const pieceAt = (text: Text, from: number): Piece | undefined => {
  const { lexemes } = text
  const lexeme = lexemes[from]!
  if (lexeme.isWord || lexeme.isStop) return undefined
  const remind = readRemind(text, from)
  if (remind) return { is: 'remind', remind: remind.value, from, to: remind.next }
  if (is(lexeme, 'completion')) return { is: 'completion', from, to: from + 1 }
  const count = readCount(text, from)
  if (count) return count
  const rule = readRule(text, from)
  if (rule) return { is: 'rule', rule: rule.value, from, to: rule.next }
  const when = readWhen(text, from)
  return when && { is: 'when', when: when.value, from, to: when.next }
}

/** "for 10 times", "3 times", "for 3 weeks" */
const readCount = ({ lexemes }: Text, from: number): Piece | undefined => {
  const isFor = is(lexemes[from], 'for')
  const at = isFor ? from + 1 : from
  const [number, what] = [lexemes[at], lexemes[at + 1]]
  if (number?.number === undefined || number.number < 1) return undefined
  if (is(what, 'times'))
    return is(lexemes[at + 2], 'per') || lexemes[at + 2]?.unit
      ? undefined
      : { is: 'count', count: number.number, from, to: at + 2 }
  const duration =
    isFor && what?.unit && what.unit !== 'hour' && what.unit !== 'minute'
      ? durationOf(number.number, what.unit)
      : undefined
  return duration && { is: 'for', duration, from, to: at + 2 }
}

/** Runs of words that belong to dates and rules, and that nothing read. */
export const leftovers = (text: Text, isTaken: (index: number) => boolean): { from: number; to: number }[] => {
  const runs: { from: number; to: number }[] = []
  for (const [index, lexeme] of text.lexemes.entries()) {
    if (isTaken(index)) continue
    const isStrong =
      (isDatelike(lexeme) &&
        !(lexeme.weekday !== undefined && lexeme.isShort) &&
        !(lexeme.ordinal !== undefined && lexeme.digits === undefined && lexeme.number === undefined)) ||
      lexeme.adverb !== undefined ||
      is(lexeme, 'except', 'remind') ||
      (is(lexeme, 'every') && text.lexemes[index + 1] !== undefined && !text.lexemes[index + 1]!.isWord)
    const last = runs.at(-1)
    if (isStrong && last && last.to === index) last.to = index + 1
    else if (isStrong) runs.push({ from: index, to: index + 1 })
  }
  return runs
}
