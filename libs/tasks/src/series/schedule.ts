import type { SeriesRow } from '@taskflow/database'
import { checkAgainstRrule, type Occurrence, occurrences, RecurrenceError, type Schedule } from '@taskflow/recurrence'
import { invalid } from '@taskflow/service-kit'

export type Scheduled = Pick<SeriesRow, 'rule' | 'interval' | 'start_date' | 'time_zone' | 'skipped'>

/** The schedule of a series, as libs/recurrence takes it. */
export const scheduleOf = ({ rule, interval, start_date, time_zone }: Omit<Scheduled, 'skipped'>): Schedule => ({
  rule,
  interval,
  start: start_date,
  time_zone,
})

/** The next dates of a series strictly after an instant, without the skipped ones. */
export const datesAfter = (row: Scheduled, after: string, count: number): Occurrence[] =>
  occurrences(scheduleOf(row), { after, count: count + row.skipped.length })
    .filter(({ local }) => !row.skipped.includes(local))
    .slice(0, count)

/** The first of them; null when the series has ended. */
export const dateAfter = (row: Scheduled, after: string): string | null => datesAfter(row, after, 1)[0]?.instant ?? null

/** A moment before an instant: after it, a date at that instant is still to come. */
export const justBefore = (instant: string): string =>
  Temporal.Instant.from(instant).subtract({ milliseconds: 1 }).toString()

export const laterOf = (a: string, b: string): string => (Temporal.Instant.compare(a, b) >= 0 ? a : b)

/** Local wall-clock time of an instant, as schedules and `skipped` store it. */
export const localTime = (instant: string, time_zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toPlainDateTime().toString({ smallestUnit: 'second' })

/**
 * The next date of a series that is about to be saved. A rule that cannot be expanded, or whose dates rrule.js counts
 * otherwise, is the Problem 422 of the field it came in.
 */
export const checkedNext = (path: string, row: Scheduled, after: string): string | null => {
  try {
    const next = dateAfter(row, after)
    checkAgainstRrule(scheduleOf(row))
    return next
  } catch (error) {
    if (error instanceof RecurrenceError) throw invalid(path, `${error.part}: ${error.message}`)
    throw error
  }
}
