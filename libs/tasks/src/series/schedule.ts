import type { SeriesRow } from '@taskflow/database'
import { type Occurrence, occurrences, RecurrenceError, type Schedule } from '@taskflow/recurrence'
import { invalid } from '@taskflow/service-kit'
import { offsetOf, reminderTime } from '../reminder-time.ts'

type Scheduled = Pick<SeriesRow, 'rule' | 'interval' | 'start_date' | 'time_zone' | 'skipped'>

/** The schedule that the dates of a series are counted by. */
export const scheduleOfSeries = ({ rule, interval, start_date, time_zone }: Omit<Scheduled, 'skipped'>): Schedule => ({
  rule,
  interval,
  start: start_date,
  time_zone,
})

/** The next dates of a series strictly after an instant, without the skipped ones. */
export const datesOfSeries = (row: Scheduled, after: string, count: number): Occurrence[] =>
  occurrences(scheduleOfSeries(row), { after, count: count + row.skipped.length })
    .filter(({ local }) => !row.skipped.includes(local))
    .slice(0, count)

/** The first of them; null when the series has ended. */
export const nextOfSeries = (row: Scheduled, after: string): string | null =>
  datesOfSeries(row, after, 1)[0]?.instant ?? null

/**
 * The date after a task of a series in on_completion mode; null when the series has ended. Counted from the schedule,
 * or, with the anchor completed_at, anew from the day of completion at the schedule's time of day. With the policy
 * `skip` dates that have passed are left out; with `all` they come one by one.
 */
export const dateAfterTask = (
  row: Scheduled & Pick<SeriesRow, 'recurrence_anchor' | 'recurrence_catch_up'>,
  task: { due_date: string | null; completed_at: string | null },
  now: string,
): string | null => {
  const due = task.due_date ?? task.completed_at ?? now
  if (row.recurrence_anchor === 'due_date')
    return nextOfSeries(row, row.recurrence_catch_up === 'skip' ? later(due, now) : due)
  const completed = task.completed_at ?? now
  const after = row.recurrence_catch_up === 'skip' ? later(completed, now) : completed
  return nextOfSeries({ ...row, start_date: sameTimeOn(completed, row) }, after)
}

/** The later of two instants. */
export const later = (a: string, b: string): string => (Temporal.Instant.compare(a, b) >= 0 ? a : b)

/** The local date of an instant with the time of day at which the schedule starts. */
const sameTimeOn = (instant: string, { start_date, time_zone }: Scheduled): string =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(time_zone)
    .toPlainDate()
    .toPlainDateTime(Temporal.PlainDateTime.from(start_date).toPlainTime())
    .toString({ smallestUnit: 'second' })

/** Local wall-clock time of an instant, as schedules hold it. */
export const localTime = (instant: string, time_zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toPlainDateTime().toString({ smallestUnit: 'second' })

/** A task with early reminders is made this long before the first of them, so that none is late. */
const head = { minutes: 1 }

/**
 * The columns of the next date. Its task is made at that date, or before it when a reminder of it comes earlier: a task
 * that does not exist yet reminds nobody.
 */
export const nextColumns = (
  { reminders, time_zone }: Pick<SeriesRow, 'reminders' | 'time_zone'>,
  next_occurrence: string | null,
): Pick<SeriesRow, 'next_occurrence' | 'announce_at'> => {
  if (next_occurrence === null) return { next_occurrence, announce_at: null }
  const early = reminders.flatMap((each) => {
    const at = reminderTime({ type: each.type, offset: offsetOf(each), at: null }, next_occurrence, time_zone)
    return at === null ? [] : [Temporal.Instant.from(at).subtract(head)]
  })
  const announce = [Temporal.Instant.from(next_occurrence), ...early].toSorted(Temporal.Instant.compare)[0]!
  return { next_occurrence, announce_at: announce.toString() }
}

/** The columns of a series that makes no further task. */
export const noNext = { next_occurrence: null, announce_at: null }

/** Runs what expands a rule; a rule that cannot be expanded is the 422 of the field it came in. */
export const withRule = <Result>(path: string, expand: () => Result): Result => {
  try {
    return expand()
  } catch (error) {
    if (error instanceof RecurrenceError) throw invalid(path, `${error.part}: ${error.message}`)
    throw error
  }
}
