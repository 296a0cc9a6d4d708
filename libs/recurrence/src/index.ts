// First version, on the rrule package: right for everyday rules. Being replaced file by file behind the same exports.
import rrule from 'rrule'

/** A rule that cannot be used; `message` is for the person who wrote it, `part` names the offending rule part. */
export class RecurrenceError extends Error {
  readonly part: string
  constructor(part: string, message: string) {
    super(message)
    this.name = 'RecurrenceError'
    this.part = part
  }
}

export interface Schedule {
  /** daily | weekly | monthly | yearly, an RRULE text, or DTSTART/RRULE/RDATE/EXDATE lines. */
  rule: string
  interval: number
  /** Local date-time without offset: "2026-01-31T09:00:00". */
  start: string
  /** IANA name. */
  time_zone: string
}

export interface Occurrence {
  local: string
  /** UTC, ISO 8601 with Z. */
  instant: string
}

const SHORT = ['daily', 'weekly', 'monthly', 'yearly']

export const isTimeZone = (text: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text })
    return !/^[+-]/.test(text)
  } catch {
    return false
  }
}

const utcFloating = (local: string) => new Date(`${local.slice(0, 19)}Z`)
const compact = (local: string) => local.replace(/[-:]/g, '').slice(0, 15)

const textOf = ({ rule, interval, start }: Schedule): string => {
  if (SHORT.includes(rule)) {
    const day = Number(start.slice(8, 10))
    const lastDays =
      rule === 'monthly' && day > 28
        ? `;BYMONTHDAY=${Array.from({ length: day - 27 }, (_, n) => 28 + n)};BYSETPOS=-1`
        : ''
    return `DTSTART:${compact(start)}\nRRULE:FREQ=${rule.toUpperCase()};INTERVAL=${interval}${lastDays}`
  }
  if (/DTSTART/.test(rule)) return rule.replace(/;TZID=[^:]*/g, '')
  return `DTSTART:${compact(start)}\n${/^FREQ/.test(rule) ? `RRULE:${rule}` : rule}`
}

export function checkRule(rule: string, interval = 1): void {
  if (!Number.isInteger(interval) || interval < 1) throw new RecurrenceError('INTERVAL', 'interval must be 1 or more.')
  if (SHORT.includes(rule)) return
  if (!/FREQ=(YEARLY|MONTHLY|WEEKLY|DAILY|HOURLY|MINUTELY|SECONDLY)/.test(rule))
    throw new RecurrenceError('FREQ', 'The rule needs FREQ.')
  if (/BYEASTER/.test(rule)) throw new RecurrenceError('BYEASTER', 'BYEASTER is not part of RFC 5545.')
  try {
    rrule.rrulestr(rule)
  } catch (error) {
    throw new RecurrenceError('RRULE', (error as Error).message)
  }
}

export function occurrences(schedule: Schedule, options: { count: number; after?: string }): Occurrence[] {
  checkRule(schedule.rule, schedule.interval)
  const zone = /TZID=([^:;]+):/.exec(schedule.rule)?.[1] ?? schedule.time_zone
  if (!isTimeZone(zone)) throw new RecurrenceError('TZID', `${zone} is not a known time zone.`)
  const set = rrule.rrulestr(textOf(schedule), { forceset: true })
  const after = options.after === undefined ? undefined : Temporal.Instant.from(options.after)
  const from = after?.toZonedDateTimeISO(zone).toPlainDateTime().subtract({ days: 2 })
  const found: Occurrence[] = []
  let date: Date | null = from ? set.after(utcFloating(from.toString()), true) : set.after(new Date(0), true)
  for (; date && found.length < options.count; date = set.after(date, false)) {
    const zoned = Temporal.PlainDateTime.from(date.toISOString().slice(0, 19)).toZonedDateTime(zone)
    const instant = zoned.toInstant()
    if (after && Temporal.Instant.compare(instant, after) <= 0) continue
    found.push({ local: zoned.toPlainDateTime().toString({ smallestUnit: 'second' }), instant: instant.toString() })
  }
  return found
}

export function nextOccurrence(schedule: Schedule, after: string): Occurrence | null {
  return occurrences(schedule, { count: 1, after })[0] ?? null
}

export function describeSchedule(schedule: Schedule): string {
  return `${schedule.rule} at ${schedule.start.slice(11, 16)}, ${schedule.time_zone}`
}
