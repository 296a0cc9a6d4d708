import type { Piece } from './grammar/scan.ts'
import type { Text } from './grammar/text.ts'
import type { When } from './grammar/when.ts'
import { dueMoment, type LocalDue, momentOf } from './moment.ts'
import { inWords, type Take } from './take.ts'

export interface QuickReminder {
  type: 'before' | 'after' | 'at'
  /** ISO 8601, for before and after. */
  offset?: string
  /** An instant, for at. */
  at?: string
}

/** What reminders are counted from: the moment a task is due, or the reminder time of its day. */
interface Anchor {
  at: Temporal.ZonedDateTime
  isDay: boolean
}

/** The reminders that the pieces name. When the task repeats, each occurrence gets them, so times become offsets. */
export const readReminders = (
  { now, reminderTime }: Text,
  pieces: Piece[],
  local: LocalDue | undefined,
  repeats: boolean,
  max: number,
  takes: Take[],
): QuickReminder[] => {
  const moment = local && dueMoment(local, now)
  const due: Anchor | undefined = local && {
    at: moment ?? local.date.toZonedDateTime({ timeZone: now.timeZoneId, plainTime: reminderTime }),
    isDay: moment === undefined,
  }
  const reminders: QuickReminder[] = []
  for (const piece of pieces) {
    if (piece.is !== 'remind') continue
    const { remind } = piece
    const found =
      remind.is === 'offsets'
        ? offsets(remind.offsets, due, repeats)
        : remind.is === 'due'
          ? due && atDue(due, repeats)
          : at(remind.when, due?.at, repeats, { now, reminderTime })
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
  anchor: Anchor | undefined,
  repeats: boolean,
): Found | undefined => {
  const due = anchor?.at
  if (!due && named.some(({ time }) => time)) return undefined
  const reminders = named.map(({ duration, side, time }): QuickReminder => {
    if (!time) return { type: side, offset: duration.toString() }
    const moment = (side === 'before' ? due!.subtract(duration) : due!.add(duration)).withPlainTime(
      Temporal.PlainTime.from({ hour: time.hour, minute: time.minute }),
    )
    return repeats ? relative(moment, due!) : { type: 'at', at: moment.toInstant().toString() }
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

/** A reminder at an instant belongs to one task. One of a day, or of a task that repeats, moves along with it. */
const atDue = ({ at, isDay }: Anchor, repeats: boolean): Found => {
  if (!isDay && !repeats)
    return { reminders: [{ type: 'at', at: at.toInstant().toString() }], sentence: `reminds ${inWords(at)}` }
  return {
    reminders: [{ type: 'before', offset: 'PT0S' }],
    sentence: isDay
      ? `reminds on the day at ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`
      : 'reminds when it is due',
  }
}

/** "remind me at 8am": on the day it is due, or the next time it is 8. */
const at = (
  when: When,
  due: Temporal.ZonedDateTime | undefined,
  repeats: boolean,
  { now, reminderTime }: Pick<Text, 'now' | 'reminderTime'>,
): Found | undefined => {
  const onTheDay =
    due && !when.day && when.time && when.offset === undefined
      ? due.withPlainTime(Temporal.PlainTime.from({ hour: when.time.hour, minute: when.time.minute }))
      : undefined
  if (repeats)
    return (
      onTheDay && {
        reminders: [relative(onTheDay, due!)],
        sentence: `reminds at ${onTheDay.toPlainTime().toString({ smallestUnit: 'minute' })}`,
      }
    )
  const isToCome = onTheDay && Temporal.ZonedDateTime.compare(onTheDay, now) >= 0
  const moment = isToCome ? onTheDay : momentOfReminder(when, now, reminderTime)
  return (
    moment && { reminders: [{ type: 'at', at: moment.toInstant().toString() }], sentence: `reminds ${inWords(moment)}` }
  )
}

const momentOfReminder = (when: When, now: Temporal.ZonedDateTime, plainTime: Temporal.PlainTime) => {
  const local = momentOf([when], now)
  return local && (dueMoment(local, now) ?? local.date.toZonedDateTime({ timeZone: now.timeZoneId, plainTime }))
}

/** Its distance from the due time; zero for that time itself. */
const relative = (at: Temporal.ZonedDateTime, due: Temporal.ZonedDateTime): QuickReminder => {
  const offset = at.until(due.withPlainTime(due.toPlainTime()), { largestUnit: 'hours' })
  return { type: offset.sign < 0 ? 'after' : 'before', offset: offset.abs().toString() }
}
