import { occurrences, type Schedule } from '@taskflow/recurrence'
import type { Pattern } from './grammar/pattern.ts'

/** When it ends, if it does. */
export interface Bounds {
  count?: number | undefined
  until?: Temporal.PlainDate | undefined
}

/** The rule as a task takes it: a short form if one fits, an RRULE otherwise. */
export const ruleOf = (pattern: Pattern, { count, until }: Bounds): { rule: string; interval: number } => {
  const { freq, interval, byDay, byMonthDay, byMonth, bySetPos } = pattern
  const isAnchored = freq === 'HOURLY' || freq === 'MINUTELY'
  const times = isAnchored ? [] : pattern.times
  const parts = [
    ['BYMONTH', byMonth],
    ['BYMONTHDAY', byMonthDay],
    ['BYDAY', byDay],
    ['BYHOUR', times.length > 1 ? times.map(({ hour }) => hour).toSorted((a, b) => a - b) : undefined],
    ['BYMINUTE', times.length > 1 ? times[0]!.minute : undefined],
    ['BYSETPOS', bySetPos],
    ['COUNT', count],
    ['UNTIL', until?.toString().replaceAll('-', '')],
  ].flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`]))
  const short = shortForms[freq]
  if (short && parts.length === 0) return { rule: short, interval }
  return {
    rule: [`FREQ=${freq}`, ...(interval === 1 ? [] : [`INTERVAL=${interval}`]), ...parts].join(';'),
    interval: 1,
  }
}

const shortForms: Partial<Record<Pattern['freq'], string>> = {
  DAILY: 'daily',
  WEEKLY: 'weekly',
  MONTHLY: 'monthly',
  YEARLY: 'yearly',
}

/**
 * The first date of a pattern that has not passed, from a given day on. Intervals are counted from it, so they are
 * ignored here: "every other Monday" begins next Monday. A pattern without a time is one of days, and today is not
 * over.
 */
export const firstDate = (
  pattern: Pattern,
  from: Temporal.PlainDate | undefined,
  now: Temporal.ZonedDateTime,
): Temporal.ZonedDateTime | undefined => {
  const { freq, interval, times } = pattern
  const isOfHours = freq === 'HOURLY' || freq === 'MINUTELY'
  if (isOfHours && from === undefined && times.length === 0)
    return now
      .add(freq === 'HOURLY' ? { hours: interval } : { minutes: interval })
      .round({ smallestUnit: 'minute', roundingMode: 'ceil' })
  const today = from ?? now.toPlainDate()
  if (times.length === 0 && !isOfHours) {
    // Days are counted where no clock changes.
    const [first] = dates(pattern, today.toPlainDateTime(), now.toPlainDate().toZonedDateTime('UTC'))
    return first?.toPlainDate().toZonedDateTime(now.timeZoneId)
  }
  const plainTime = Temporal.PlainTime.from(times[0] ?? morning)
  const isPlain = !pattern.byDay && !pattern.byMonthDay && times.length < 2
  const isPast = Temporal.ZonedDateTime.compare(today.toZonedDateTime({ timeZone: now.timeZoneId, plainTime }), now) < 0
  const begin = isPlain && isPast ? today.add({ days: 1 }) : today
  const found = dates(pattern, begin.toPlainDateTime(plainTime), now)
  // Later dates are counted from the first one, so it must not be one that a clock change has shifted.
  return found.find((date) => times.length > 1 || date.toPlainTime().equals(plainTime)) ?? found[0]
}

/** Hours are counted from here when only their first day was named. */
const morning = { hour: 9, minute: 0 }

/** The first two dates that are not before a moment; a date that is now is still to come. */
const dates = (pattern: Pattern, start: Temporal.PlainDateTime, now: Temporal.ZonedDateTime) => {
  const schedule: Schedule = {
    rule: ruleOf({ ...pattern, interval: 1 }, {}).rule,
    interval: 1,
    start: start.toString({ smallestUnit: 'second' }),
    time_zone: now.timeZoneId,
  }
  const after = now.toInstant().subtract({ milliseconds: 1 }).toString()
  return occurrences(schedule, { count: 2, after }).map(({ instant }) =>
    Temporal.Instant.from(instant).toZonedDateTimeISO(now.timeZoneId),
  )
}
