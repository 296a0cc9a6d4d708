import { nextOccurrence } from './occurrences.ts'
import type { Schedule } from './schedule.ts'

/**
 * Says that an instant, which is to be the first of a schedule, is none of its dates, and which comes first then;
 * undefined when it is one of them. Of a schedule of days, the instant is the beginning of its day.
 */
export const noteOnFirst = (schedule: Schedule, first: string, { isAllDay = false } = {}): string | undefined => {
  const { time_zone } = schedule
  const local = (instant: string) =>
    Temporal.Instant.from(instant)
      .round({ smallestUnit: 'second', roundingMode: 'floor' })
      .toZonedDateTimeISO(time_zone)
      .toPlainDateTime()
  const nextFrom = (duration: Temporal.DurationLike) =>
    nextOccurrence(schedule, Temporal.Instant.from(first).subtract(duration).toString())?.instant
  const isFirst = (instant: string | undefined) =>
    instant !== undefined &&
    (isAllDay ? local(instant).toPlainDate().equals(local(first).toPlainDate()) : local(instant).equals(local(first)))
  const next = nextFrom({ seconds: 1 })
  // Of a time that occurs twice, the earlier counts.
  if (isFirst(next) || isFirst(nextFrom({ hours: 1, seconds: 1 }))) return undefined
  const words = (instant: string) =>
    local(instant).toLocaleString('en-GB', { dateStyle: 'full', ...(isAllDay ? {} : { timeStyle: 'short' }) })
  const after = next ? `the first of them is ${words(next)}` : 'no date of it follows'
  return `${words(first)} is none of the dates of the rule; ${after}.`
}
