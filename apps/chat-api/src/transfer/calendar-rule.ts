import type { Task } from '@taskflow/event-contracts'
import { dueFrom } from '@taskflow/tasks'

/** `2026-04-01T09:00:00` as iCalendar writes it. */
export const icalTime = (local: string): string => local.slice(0, 19).replaceAll(/[-:]/g, '')

const shortForms: Record<string, string> = { daily: 'DAILY', weekly: 'WEEKLY', monthly: 'MONTHLY', yearly: 'YEARLY' }

/**
 * The RRULE of a task that calendars understand and that means the same there; undefined where it would not: rules that
 * count, unless this is the first task (a calendar would count from it), that count from completion, that consist of several lines, and short
 * forms near the end of a month, which mean the last day of shorter ones.
 */
export const calendarRule = (task: Task): string | undefined => {
  const { recurrence_rule: rule, recurrence_interval: interval, recurrence_anchor, time_zone, due_on } = task
  const from = dueFrom(task)
  if (rule === null || from === null || recurrence_anchor === 'completed_at') return undefined
  const every = interval > 1 && !/INTERVAL=/i.test(rule) ? `;INTERVAL=${interval}` : ''
  if (shortForms[rule]) {
    const { day } = Temporal.Instant.from(from).toZonedDateTimeISO(time_zone)
    const mayMove = day >= 28 && /^(?:monthly|yearly)$/.test(rule)
    return mayMove ? undefined : `FREQ=${shortForms[rule]}${every}`
  }
  const line = rule
    .trim()
    .replace(/^RRULE:/i, '')
    .toUpperCase()
  if (!/^[A-Z]+=[^\s:\\]+$/.test(line) || (line.includes('COUNT=') && task.occurrence !== 1)) return undefined
  // A day has neither hours nor a last hour (RFC 5545, 3.3.10).
  if (due_on !== null && /BYHOUR|BYMINUTE|BYSECOND|=(?:HOURLY|MINUTELY|SECONDLY)/.test(line)) return undefined
  const last = (until: string) => (due_on === null ? utcUntil(until, time_zone) : dayOf(until, time_zone))
  return line.replace(/UNTIL=([^;]+)/, (_, until: string) => `UNTIL=${last(until)}`) + every
}

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
