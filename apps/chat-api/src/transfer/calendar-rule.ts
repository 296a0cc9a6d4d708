import type { Task } from '@taskflow/event-contracts'
import { dueFrom } from '@taskflow/tasks'

/** `2026-04-01T09:00:00` as iCalendar writes it. */
export const icalTime = (local: string): string => local.slice(0, 19).replaceAll(/[-:]/g, '')

/** Durations that iCalendar has: weeks alone, or days and whole smaller units. */
export const icalDuration = /^P(?:\d+W|(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+S)?)?)$/

const shortForms: Record<string, string> = { daily: 'DAILY', weekly: 'WEEKLY', monthly: 'MONTHLY', yearly: 'YEARLY' }

/**
 * The lines by which a calendar repeats a task on the dates to come, counted from its due date: RRULE, RDATE, EXDATE.
 * Empty where it would not: rules that count from completion, that have a start of their own, or several rules.
 */
export const calendarRule = (task: Task): string[] => {
  const { recurrence_rule: rule, recurrence_anchor, due_on } = task
  const from = dueFrom(task)
  if (rule === null || from === null || recurrence_anchor === 'completed_at') return []
  const lines = rule.trim().split(/\r?\n|\\n/)
  const dates = lines.filter((line) => /^\s*(?:RDATE|EXDATE)[;:]/i.test(line))
  const rules = lines.filter((line) => !dates.includes(line))
  if (rules.length > 1 || dates.some((line) => /TZID=|PERIOD/i.test(line))) return []
  const written = rules.map((line) => ruleLine(line, task, from))
  if (written.includes(undefined)) return []
  // A day has neither hours nor a last hour (RFC 5545, 3.3.10).
  if (due_on !== null && written.some((line) => /BYHOUR|BYMINUTE|BYSECOND|=(?:HOURLY|MINUTELY|SECONDLY)/.test(line!)))
    return []
  return [...written.map((line) => `RRULE:${line}`), ...dates.map((line) => dateLine(line, task))]
}

const ruleLine = (written: string, task: Task, from: string): string | undefined => {
  const { recurrence_interval: interval, time_zone, due_on } = task
  const freq = shortForms[written]
  if (freq) {
    const { day, month } = Temporal.Instant.from(from).toZonedDateTimeISO(time_zone)
    const every = interval > 1 ? `;INTERVAL=${interval}` : ''
    return `FREQ=${freq}${every}${lastDays(written, day, month)}`
  }
  const line = written
    .trim()
    .replace(/^RRULE:/i, '')
    .toUpperCase()
  if (!/^[A-Z]+=[^\s:\\]+$/.test(line)) return undefined
  const isEveryOne = /INTERVAL=1(?:;|$)/.test(line)
  const plain = isEveryOne ? line.replace(/;?INTERVAL=1(?=;|$)/, '').replace(/^;/, '') : line
  const every = interval > 1 && !/INTERVAL=/.test(plain) ? `;INTERVAL=${interval}` : ''
  const last = (until: string) => (due_on === null ? utcUntil(until, time_zone) : dayOf(until, time_zone))
  return plain.replace(/UNTIL=([^;]+)/, (_, until: string) => `UNTIL=${last(until)}`) + every
}

/** The short forms mean the last day of months that are shorter. */
const lastDays = (form: string, day: number, month: number): string => {
  if (day <= 28 || !(form === 'monthly' || (form === 'yearly' && month === 2))) return ''
  const days = [28, 29, 30, 31].filter((each) => each <= day).join()
  return `${form === 'yearly' ? `;BYMONTH=${month}` : ''};BYMONTHDAY=${days};BYSETPOS=-1`
}

/** RDATE or EXDATE on the clock of the task's zone. */
const dateLine = (line: string, { time_zone, due_on }: Task): string => {
  const [, name = '', values = ''] = /^\s*(\w+)[^:]*:(.*)$/.exec(line) ?? []
  const dates = values.split(',').map((value) => {
    if (!value.endsWith('Z')) return value.includes('T') ? value : `${value}T000000`
    return icalTime(Temporal.Instant.from(isoOf(value)).toZonedDateTimeISO(time_zone).toPlainDateTime().toString())
  })
  if (due_on !== null) return `${name.toUpperCase()};VALUE=DATE:${dates.map((date) => date.slice(0, 8)).join()}`
  const zoned = time_zone === 'UTC' ? dates.map((date) => `${date}Z`) : dates
  return `${name.toUpperCase()}${time_zone === 'UTC' ? '' : `;TZID=${time_zone}`}:${zoned.join()}`
}

/** `20260401T090000Z` in the form of ISO 8601 that Temporal reads. */
const isoOf = (value: string): string =>
  value.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z')

/** The day of an UNTIL. */
const dayOf = (until: string, time_zone: string): string => {
  if (!until.endsWith('Z')) return until.slice(0, 8)
  const local = Temporal.Instant.from(until).toZonedDateTimeISO(time_zone).toPlainDate()
  return local.toString().replaceAll('-', '')
}

/** UNTIL must be in UTC where DTSTART has a time zone (RFC 5545, 3.3.10); a date means its whole day. */
const utcUntil = (until: string, time_zone: string): string => {
  if (until.endsWith('Z')) return until
  const whole = until.includes('T') ? until : `${until}T235959`
  const instant = Temporal.PlainDateTime.from(whole).toZonedDateTime(time_zone).toInstant()
  return `${icalTime(instant.toString())}Z`
}
