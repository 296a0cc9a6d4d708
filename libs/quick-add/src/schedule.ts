import { occurrences, type Schedule } from '@taskflow/recurrence'
import type { Pattern } from './grammar/pattern.ts'
import type { TimeOfDay } from './languages/lexicon.ts'

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
 * ignored here: "every other Monday" begins next Monday. A plain "every month" begins at the next time of day.
 */
export const firstDate = (
  pattern: Pattern,
  time: TimeOfDay,
  from: Temporal.PlainDate | undefined,
  now: Temporal.ZonedDateTime,
): Temporal.ZonedDateTime | undefined => {
  const { freq, interval } = pattern
  if (from === undefined && pattern.times.length === 0 && (freq === 'HOURLY' || freq === 'MINUTELY'))
    return now
      .add(freq === 'HOURLY' ? { hours: interval } : { minutes: interval })
      .round({ smallestUnit: 'minute', roundingMode: 'ceil' })
  const today = from ?? now.toPlainDate()
  const isPast =
    Temporal.ZonedDateTime.compare(today.toZonedDateTime({ timeZone: now.timeZoneId, plainTime: time }), now) < 0
  const isPlain = !pattern.byDay && !pattern.byMonthDay && pattern.times.length < 2
  const begin = isPlain && isPast ? today.add({ days: 1 }) : today
  const schedule: Schedule = {
    rule: ruleOf({ ...pattern, interval: 1 }, {}).rule,
    interval: 1,
    start: begin.toPlainDateTime(time).toString({ smallestUnit: 'second' }),
    time_zone: now.timeZoneId,
  }
  // A date that is now is still to come.
  const after = now.toInstant().subtract({ milliseconds: 1 }).toString()
  const found = occurrences(schedule, { count: 2, after })
  // Later dates are counted from the first one, so it must not be one that a clock change has shifted.
  const plainTime = Temporal.PlainTime.from(time).toString({ smallestUnit: 'second' })
  const first = found.find(({ local }) => pattern.times.length > 1 || local.endsWith(plainTime)) ?? found[0]
  return first && Temporal.Instant.from(first.instant).toZonedDateTimeISO(now.timeZoneId)
}
