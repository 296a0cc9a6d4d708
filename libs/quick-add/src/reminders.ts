import type { Line } from './line.ts'
import { and, begin, end, number, numberOf } from './words.ts'

export interface QuickReminder {
  type: 'before' | 'after' | 'at'
  /** ISO 8601, for before and after. */
  offset?: string
  /** An instant, for at. */
  at?: string
}

export const maxReminders = 20

const unit = `(?:m|mins?|minutes?|h|hrs?|hours?|d|days?|w|wks?|weeks?|months?)`
const amount = String.raw`(?:half\s+an\s+hour|(?:\d{1,4}\s*|(?:${number}|the)\s+)${unit}(?:\s*\d{1,2}\s*(?:m|mins?|minutes?))?${end})`
/** "remind me 1d and 2 hours before" */
const reminders = new RegExp(
  String.raw`${begin}remind(?:er)?(?:\s+me)?:?\s+(?<amounts>${amount}(?:(?:\s+before)?${and}${amount}){0,9})\s+(?<side>before|earlier|early|ahead|in\s+advance|prior|after|afterwards|later)${end}`,
  'giu',
)

/** Reads reminders relative to the due date. Those at a fixed time are found with the dates. */
export const readReminders = (line: Line): QuickReminder[] => {
  const found: QuickReminder[] = []
  for (const match of line.left.matchAll(reminders)) {
    const { amounts, side } = match.groups!
    const type = /^(after|later)/i.test(side!) ? 'after' : 'before'
    const offsets = [...amounts!.matchAll(new RegExp(amount, 'giu'))].map(([text]) => offsetOf(text))
    if (offsets.includes(undefined) || found.length + offsets.length > maxReminders) continue
    const these = offsets.map((offset) => ({ type, offset: String(offset) }) as const)
    found.push(...these)
    const sentence = offsets.map((offset) => `${inWords(offset!)} ${type}`).join(' and ')
    line.take(match.index, match.index + match[0].length, 'reminder', these, `reminds ${sentence} the due date`)
  }
  return found
}

/** The duration of "1d", "half an hour" or "1h 30m"; undefined unless it is positive and at most a year. */
const offsetOf = (text: string): Temporal.Duration | undefined => {
  if (/^half/i.test(text)) return Temporal.Duration.from({ minutes: 30 })
  const [, count = '', of = '', more] =
    new RegExp(String.raw`^(${number}|the)\s*(${unit})\s*(\d{1,2})?`, 'iu').exec(text) ?? []
  const size = numberOf(count)
  const [days, units] = longest[/^mo/i.test(of) ? 'mo' : (of[0]!.toLowerCase() as 'm')]
  if (size < 1 || size * days > 366) return undefined
  const duration = Temporal.Duration.from({ [units]: size })
  return more === undefined ? duration : duration.add({ minutes: Number(more) })
}

/** The most days that a unit has, and Temporal's name of it. */
const longest = {
  m: [1 / 1_440, 'minutes'],
  h: [1 / 24, 'hours'],
  d: [1, 'days'],
  w: [7, 'weeks'],
  mo: [31, 'months'],
} as const

const inWords = (duration: Temporal.Duration): string => duration.toLocaleString('en', { style: 'long' })
