import { describeSchedule } from '@taskflow/recurrence'
import { type Found, findDates } from './dates.ts'
import { type Every, findEvery } from './every.ts'
import { createLine, type Line, type Understood } from './line.ts'
import { readMarks, readQuotes } from './marks.ts'
import { maxReminders, type QuickReminder, readReminders } from './reminders.ts'
import { type Bounds, firstDate, ruleOf } from './schedule.ts'
import { begin, end, number, numberOf, type TimeOfDay } from './words.ts'

/** The most characters of a line; longer text is a description. It bounds the time that reading takes. */
export const maxQuickAddLength = 500

/** The fields of a task that the text names. */
export interface QuickTask {
  /** Empty when all of the text is something else. */
  title: string
  time_zone: string
  due_date?: string
  priority?: 'low' | 'medium' | 'high'
  tags?: string[]
  category?: string
  recurrence_rule?: string
  recurrence_interval?: number
  recurrence_anchor?: 'completed_at'
  reminders?: QuickReminder[]
}

/** A date without a time of day is due at this time, or at the end of the day when this time has passed today. */
const morning: TimeOfDay = { hour: 9, minute: 0 }
const endOfDay: TimeOfDay = { hour: 23, minute: 59 }

/**
 * Reads a task out of a line such as "pay rent every 1st at 9 !high #home remind 1d before". What is not understood is
 * the title, so any text is accepted (docs/quick-add.md).
 */
export const readQuickAdd = (
  text: string,
  options: { now: Temporal.Instant; time_zone: string; locale?: string },
): { task: QuickTask; understood: Understood[] } => {
  const now = options.now.toZonedDateTimeISO(options.time_zone)
  const line = createLine(text.slice(0, maxQuickAddLength))
  readQuotes(line)
  const { tags, ...marks } = readMarks(line)
  const reminders = readReminders(line)
  const every = findEvery(line)
  const repeats = every !== undefined
  if (every)
    line.left = line.left.slice(0, every.start) + ';'.repeat(every.stop - every.start) + line.left.slice(every.stop)
  const dates = findDates(line.left, { now, locale: options.locale, repeats })
  const due = every ? readRepetition(line, every, dates, now) : readDue(line, dates, now)
  reminders.push(...readReminderTimes(line, dates, due?.at, now, repeats, reminders.length))
  return {
    task: {
      title: line.title(),
      time_zone: options.time_zone,
      ...marks,
      ...(tags.length > 0 ? { tags } : {}),
      ...(due ? { due_date: due.at.toInstant().toString(), ...due.fields } : {}),
      ...(reminders.length > 0 ? { reminders } : {}),
    },
    understood: line.understood.toSorted((a, b) => a.start - b.start),
  }
}

interface Due {
  at: Temporal.ZonedDateTime
  fields: Partial<QuickTask>
}

/** The parts of one date: a day and a time may stand apart. The first of each counts. */
const partsOfDue = (dates: Found[]): Found[] => {
  const parts: Found[] = []
  for (const each of dates.filter(({ role }) => role === 'due')) {
    const isComplete = parts.some(({ instant }) => instant)
    const clashes = parts.some((part) => each.instant || (part.date && each.date) || (part.time && each.time))
    if (!isComplete && !clashes) parts.push(each)
  }
  return parts
}

const readDue = (line: Line, dates: Found[], now: Temporal.ZonedDateTime): Due | undefined => {
  const parts = partsOfDue(dates)
  if (parts.length === 0) return undefined
  const at = parts[0]!.instant?.toZonedDateTimeISO(now.timeZoneId) ?? momentOf(parts, now)
  const sentence = `due ${inWords(at)}`
  for (const { start, end } of parts) line.take(start, end, 'due_date', at.toInstant().toString(), sentence)
  return { at, fields: {} }
}

const momentOf = (parts: Found[], now: Temporal.ZonedDateTime): Temporal.ZonedDateTime => {
  const timed = parts.find(({ time }) => time)
  const dated = parts.find(({ date }) => date)
  const today = now.toPlainDate()
  const on = (date: Temporal.PlainDate, plainTime: TimeOfDay) =>
    date.toZonedDateTime({ timeZone: now.timeZoneId, plainTime })
  const isPast = (moment: Temporal.ZonedDateTime) => Temporal.ZonedDateTime.compare(moment, now) < 0
  const date = dated?.date ?? today
  const moment = on(date, timed?.time ?? morning)
  if (dated?.isWeekday && date.equals(today) && (!timed || isPast(moment))) return moment.add({ days: 7 })
  if (!isPast(moment)) return moment
  if (!dated) return on(today.add({ days: 1 }), timed!.time!)
  if (!timed) return on(date, endOfDay)
  // "today at 8", said at noon
  return timed.isEitherHalf ? on(date, { ...timed.time!, hour: timed.time!.hour + 12 }) : moment
}

const afterCompletion = new RegExp(
  String.raw`${begin}(?:after|from)\s+(?:completion|completing|(?:i\s+)?(?:complete|completed|finish|finished)(?:\s+it)?|done|(?:it\s+is|it['’]s)\s+done)${end}`,
  'iu',
)
const forTimes = new RegExp(String.raw`${begin}(?:for\s+)?(\d{1,4})\s+times${end}`, 'iu')
const forLong = new RegExp(String.raw`${begin}for\s+(${number})\s+(day|week|month|year)s?${end}`, 'iu')

const readRepetition = (line: Line, every: Every, dates: Found[], now: Temporal.ZonedDateTime): Due | undefined => {
  const parts = partsOfDue(dates).filter(({ instant }) => !instant)
  const from = dates.find(({ role, date }) => role === 'from' && date) ?? parts.find(({ date }) => date)
  const timed = every.pattern.times.length > 0 ? undefined : [from, ...parts].find((each) => each?.time)
  const time = every.pattern.times[0] ?? timed?.time ?? morning
  const first = firstDate(every.pattern, time, from?.date, now)
  if (!first) return undefined
  const taken: { start: number; end: number }[] = [{ start: every.start, end: every.stop }]
  for (const each of new Set([from, timed])) if (each) taken.push(each)
  const bounds = boundsOf(line, dates, from, first, taken)
  const { rule, interval } = ruleOf(every.pattern, bounds)
  const completion = afterCompletion.exec(line.left)
  if (completion) taken.push({ start: completion.index, end: completion.index + completion[0].length })
  const schedule = {
    ...{ rule, interval, time_zone: now.timeZoneId },
    start: first.toPlainDateTime().toString({ smallestUnit: 'second' }),
  }
  const isFromCompletion = every.fromCompletion || completion !== null
  const sentence = `repeats ${describeSchedule(schedule)}${isFromCompletion ? ', counted from completion' : ''}`
  const value = interval === 1 ? rule : `${rule}, interval ${interval}`
  for (const { start, end } of taken) line.take(start, end, 'recurrence', value, sentence)
  return {
    at: first,
    fields: {
      recurrence_rule: rule,
      ...(interval === 1 ? {} : { recurrence_interval: interval }),
      ...(isFromCompletion ? { recurrence_anchor: 'completed_at' } : {}),
    },
  }
}

/** When it ends: "for 10 times", "until May", "for 3 weeks". An end before the start stays in the title. */
const boundsOf = (
  line: Line,
  dates: Found[],
  from: Found | undefined,
  first: Temporal.ZonedDateTime,
  taken: { start: number; end: number }[],
): Bounds => {
  const begins = first.toPlainDate()
  const times = forTimes.exec(line.left)
  const count = Number(times?.[1])
  if (times && count >= 1) {
    taken.push({ start: times.index, end: times.index + times[0].length })
    return { count }
  }
  const until = dates.find(({ role, date }) => role === 'until' && date)
  const end = until?.date ?? from?.last
  if (end && Temporal.PlainDate.compare(end, begins) >= 0) {
    if (until) taken.push(until)
    return { until: end }
  }
  const long = forLong.exec(line.left)
  const last =
    long && numberOf(long[1]!) >= 1 ? endAfter(begins, numberOf(long[1]!), long[2]!.toLowerCase()) : undefined
  if (!long || !last) return {}
  taken.push({ start: long.index, end: long.index + long[0].length })
  return { until: last }
}

const endAfter = (from: Temporal.PlainDate, count: number, unit: string): Temporal.PlainDate | undefined => {
  const last = from.add({ [`${unit}s`]: count }).subtract({ days: 1 })
  return last.year <= 8_999 ? last : undefined
}

/**
 * "remind me at 8am": on the day it is due, or the next time it is 8. When the task repeats, each occurrence gets the
 * reminder, so the time becomes an offset from the due date.
 */
const readReminderTimes = (
  line: Line,
  dates: Found[],
  due: Temporal.ZonedDateTime | undefined,
  now: Temporal.ZonedDateTime,
  repeats: boolean,
  known: number,
): QuickReminder[] =>
  dates
    .filter(({ role }) => role === 'reminder')
    .slice(0, maxReminders - known)
    .flatMap((found) => {
      const at = found.instant?.toZonedDateTimeISO(now.timeZoneId) ?? reminderMoment(found, due, now)
      const reminder = repeats && due && !found.date && !found.instant ? relative(at, due) : undefined
      if (repeats && !reminder) return []
      const value: QuickReminder = reminder ?? { type: 'at', at: at.toInstant().toString() }
      line.take(
        found.start,
        found.end,
        'reminder',
        [value],
        reminder ? `reminds at ${at.toPlainTime().toString({ smallestUnit: 'minute' })}` : `reminds ${inWords(at)}`,
      )
      return [value]
    })

const reminderMoment = (found: Found, due: Temporal.ZonedDateTime | undefined, now: Temporal.ZonedDateTime) => {
  if (due && !found.date && found.time) {
    const onTheDay = due.withPlainTime(found.time)
    if (Temporal.ZonedDateTime.compare(onTheDay, now) >= 0) return onTheDay
  }
  return momentOf([found], now)
}

/** Undefined for the due time itself: a reminder is relative to it, before or after. */
const relative = (at: Temporal.ZonedDateTime, due: Temporal.ZonedDateTime): QuickReminder | undefined => {
  const offset = at.until(due.withPlainTime(due.toPlainTime()), { largestUnit: 'hours' })
  if (offset.sign === 0) return undefined
  return { type: offset.sign > 0 ? 'before' : 'after', offset: offset.abs().toString() }
}

const inWords = (moment: Temporal.ZonedDateTime): string =>
  `${moment.toPlainDateTime().toLocaleString('en-GB', { dateStyle: 'full', timeStyle: 'short' })}, ${moment.timeZoneId}`
