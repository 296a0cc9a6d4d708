import type { SeriesRow } from '@taskflow/database'
import {
  checkAgainstRrule,
  checkLaterCost,
  type Occurrence,
  occurrences,
  RecurrenceError,
  type Schedule,
} from '@taskflow/recurrence'
import { Problem } from '@taskflow/service-kit'
import { type Due, dayOf } from '../task/due.ts'

export type Scheduled = Pick<SeriesRow, 'rule' | 'interval' | 'start_date' | 'time_zone' | 'skipped'>

/** When the task of a date of a series is due: on the day of an all-day series, else at the instant. */
export const dueAt = (
  { is_all_day, time_zone }: Pick<SeriesRow, 'is_all_day' | 'time_zone'>,
  date: string,
): Pick<Due, 'due_date' | 'due_on'> =>
  is_all_day ? { due_date: null, due_on: dayOf(date, time_zone) } : { due_date: date, due_on: null }

/** The same, with what reminders are counted by. */
export const dueInSeries = (row: Pick<SeriesRow, 'is_all_day' | 'time_zone' | 'reminder_time'>, date: string): Due => ({
  ...dueAt(row, date),
  time_zone: row.time_zone,
  reminder_time: row.reminder_time,
})

/** The schedule of a series, as libs/recurrence takes it. */
export const scheduleOf = ({ rule, interval, start_date, time_zone }: Omit<Scheduled, 'skipped'>): Schedule => ({
  rule,
  interval,
  start: start_date,
  time_zone,
})

/**
 * The next dates of a series strictly after an instant, without the skipped ones. Problem 422 when the rule costs too
 * much: one that was saved before costs were bounded, or one rule too many in a request.
 */
export const datesAfter = (row: Scheduled, after: string, count: number): Occurrence[] =>
  expanded('rule', () => occurrences(scheduleOf(row), { after, count: count + row.skipped.length }))
    .filter(({ local }) => !row.skipped.includes(local))
    .slice(0, count)

/** The first of them; null when the series has ended. */
export const dateAfter = (row: Scheduled, after: string): string | null => datesAfter(row, after, 1)[0]?.instant ?? null

/**
 * The dates of a saved series, or `otherwise` when its rule costs too much: it was saved before costs were bounded, or
 * is one rule too many in a request. Neither a list nor the tasks of others may fail for it.
 */
export const ifAffordable = <Dates, Otherwise>(
  dates: () => Dates,
  otherwise: Otherwise,
  report: (error: unknown) => void = () => {},
): Dates | Otherwise => {
  try {
    return dates()
  } catch (error) {
    if (!(error instanceof Problem && error.cause instanceof RecurrenceError)) throw error
    report(error)
    return otherwise
  }
}

/** From when on dates are to come: now, or the beginning of today in an all-day series. */
export const fromToday = (
  { is_all_day, time_zone }: Pick<SeriesRow, 'is_all_day' | 'time_zone'>,
  now: string,
): string =>
  is_all_day ? Temporal.Instant.from(now).toZonedDateTimeISO(time_zone).startOfDay().toInstant().toString() : now

/** A moment before an instant: after it, a date at that instant is still to come. */
export const justBefore = (instant: string): string =>
  Temporal.Instant.from(instant).subtract({ milliseconds: 1 }).toString()

export const laterOf = (a: string, b: string): string => (Temporal.Instant.compare(a, b) >= 0 ? a : b)

/** Local wall-clock time of an instant, as schedules and `skipped` store it. */
export const localTime = (instant: string, time_zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toPlainDateTime().toString({ smallestUnit: 'second' })

/** The instant of a local time; one that a clock change skips moves forward. */
export const localInstant = (local: string, time_zone: string): string =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(time_zone).toInstant().toString()

/**
 * The next date of a series that is about to be saved. A rule that cannot be expanded, costs too much, or whose dates
 * rrule.js counts otherwise, is the Problem 422 of the field it came in.
 */
export const checkedNext = (path: string, row: Scheduled & Pick<SeriesRow, 'mode'>, after: string): string | null =>
  expanded(path, () => {
    const schedule = scheduleOf(row)
    const dates = occurrences(schedule, { after, count: 1 + row.skipped.length })
    checkLaterCost(schedule, after)
    checkAgainstRrule(schedule)
    if (row.mode === 'on_schedule' && dates[0]) checkFrequency(schedule, dates[0].instant)
    return dates.find(({ local }) => !row.skipped.includes(local))?.instant ?? null
  })

/** A schedule may make this many tasks a day by itself. */
const maxDaily = 24
/** Clock changes leave at least so many hours for 24 local ones. */
const shortDay = { hours: 22 }

/** Refuses what is due more than hourly in the day that begins with its first date. */
const checkFrequency = (schedule: Schedule, first: string): void => {
  const before = Temporal.Instant.from(first).add(shortDay).toString()
  const dates = occurrences(schedule, { after: justBefore(first), before, count: maxDaily + 1 })
  if (dates.length > maxDaily)
    throw new RecurrenceError('RRULE', `is due more than ${maxDaily} times a day; use on_completion, or at most hourly`)
}

const expanded = <Dates>(path: string, dates: () => Dates): Dates => {
  try {
    return dates()
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error
    const message = `${error.part}: ${error.message}`
    throw new Problem('invalid', `${path}: ${message}`, { errors: [{ path, message }], cause: error })
  }
}
