import type { Piece } from './grammar/scan.ts'
import type { Text } from './grammar/text.ts'
import type { When } from './grammar/when.ts'
import { dueInstant, type LocalDue, momentOf } from './moment.ts'
import { inWords, type Take } from './take.ts'

export interface QuickReminder {
  type: 'before' | 'after' | 'at'
  /** ISO 8601, for before and after. */
  offset?: string
  /** An instant, for at. */
  at?: string
}

/** The reminders that the pieces name. When the task repeats, each occurrence gets them, so times become offsets. */
export const readReminders = (
  { now }: Text,
  pieces: Piece[],
  local: LocalDue | undefined,
  repeats: boolean,
  max: number,
  takes: Take[],
): QuickReminder[] => {
  const due = local && dueInstant(local, now)
  const reminders: QuickReminder[] = []
  for (const piece of pieces) {
    if (piece.is !== 'remind') continue
    const { remind } = piece
    const found =
      remind.is === 'offsets'
        ? offsets(remind.offsets, due, repeats)
        : remind.is === 'due'
          ? atDue(due, repeats)
          : at(remind.when, due, repeats, now)
    if (!found || reminders.length + found.reminders.length > max) continue
    reminders.push(...found.reminders)
    takes.push({ from: piece.from, to: piece.to, means: 'reminder', value: found.reminders, sentence: found.sentence })
  }
  return reminders
}

interface Found {
  reminders: QuickReminder[]
  sentence: string
}

const offsets = (
  named: { duration: Temporal.Duration; side: 'before' | 'after'; time?: { hour: number; minute: number } }[],
  due: Temporal.ZonedDateTime | undefined,
  repeats: boolean,
): Found | undefined => {
  if (!due && named.some(({ time }) => time)) return undefined
  const reminders = named.map(({ duration, side, time }): QuickReminder => {
    if (!time) return { type: side, offset: duration.toString() }
    const moment = (side === 'before' ? due!.subtract(duration) : due!.add(duration)).withPlainTime(
      Temporal.PlainTime.from({ hour: time.hour, minute: time.minute }),
    )
    return (repeats && relative(moment, due!)) || { type: 'at', at: moment.toInstant().toString() }
  })
  const words = named.map(
    ({ duration, side, time }) =>
      `${duration.toLocaleString('en', { style: 'long' })} ${side}${time ? ` at ${clock(time)}` : ''}`,
  )
  const sides = new Set(named.map(({ side, time }) => (time ? time : side)))
  const isSame = sides.size === 1 && named.every(({ time }) => !time)
  const sentence = isSame
    ? `${named.map(({ duration }) => `${duration.toLocaleString('en', { style: 'long' })} ${named[0]!.side}`).join(' and ')} the due date`
    : words.join(' and ')
  return { reminders, sentence: `reminds ${sentence}` }
}

const clock = ({ hour, minute }: { hour: number; minute: number }) =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`

/** A reminder at an instant belongs to one task, so a recurring task gets one a minute before. */
const atDue = (due: Temporal.ZonedDateTime | undefined, repeats: boolean): Found | undefined =>
  due && {
    reminders: [repeats ? { type: 'before', offset: 'PT1M' } : { type: 'at', at: due.toInstant().toString() }],
    sentence: repeats ? 'reminds a minute before the due date' : `reminds ${inWords(due)}`,
  }

/** "remind me at 8am": on the day it is due, or the next time it is 8. */
const at = (
  when: When,
  due: Temporal.ZonedDateTime | undefined,
  repeats: boolean,
  now: Temporal.ZonedDateTime,
): Found | undefined => {
  const onTheDay =
    due && !when.day && when.time && when.offset === undefined
      ? due.withPlainTime(Temporal.PlainTime.from({ hour: when.time.hour, minute: when.time.minute }))
      : undefined
  const isToCome = onTheDay && Temporal.ZonedDateTime.compare(onTheDay, now) >= 0
  const local = isToCome ? undefined : momentOf([when], now)
  const moment = isToCome ? onTheDay : local && dueInstant(local, now)
  if (!moment) return undefined
  if (!repeats)
    return { reminders: [{ type: 'at', at: moment.toInstant().toString() }], sentence: `reminds ${inWords(moment)}` }
  const reminder = due && !when.day ? relative(moment, due) : undefined
  return (
    reminder && {
      reminders: [reminder],
      sentence: `reminds at ${moment.toPlainTime().toString({ smallestUnit: 'minute' })}`,
    }
  )
}

/** Undefined for the due time itself: a reminder is relative to it, before or after. */
const relative = (at: Temporal.ZonedDateTime, due: Temporal.ZonedDateTime): QuickReminder | undefined => {
  const offset = at.until(due.withPlainTime(due.toPlainTime()), { largestUnit: 'hours' })
  if (offset.sign === 0) return undefined
  return { type: offset.sign > 0 ? 'before' : 'after', offset: offset.abs().toString() }
}
