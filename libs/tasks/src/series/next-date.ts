import type { SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { countOf, isWithinDays } from '@taskflow/recurrence'
import { dueFrom } from '../task/due.ts'
import { dateAfter, fromToday, justBefore, laterOf, localTime, type Scheduled, scheduleOf } from './schedule.ts'

/** A task that a series is to get. */
export interface NextOccurrence {
  occurrence: number
  /** The instant of its date; in an all-day series the beginning of its day. */
  date: string
}

type DueDate = Pick<Task, 'due_date' | 'due_on' | 'time_zone'>

/**
 * The date after a task of a series in on_completion mode; null when the series has ended. With the anchor `due_date`
 * it is the schedule's next date. With `completed_at` the schedule starts again on the day of completion, at its own
 * time of day; one in hours or minutes starts again at the moment of completion. Its COUNT counts tasks, for its dates
 * are counted anew each time. With the policy `skip`, dates that have passed are left out, but not today in an all-day
 * series; with `all` they come one by one.
 */
export const dateAfterTask = (
  row: Scheduled & Pick<SeriesRow, 'recurrence_anchor' | 'recurrence_catch_up' | 'is_all_day' | 'first_occurrence'>,
  task: DueDate & Pick<Task, 'completed_at' | 'occurrence'>,
  now: string,
): string | null => {
  const toCome = row.is_all_day ? justBefore(fromToday(row, now)) : now
  const notBefore = (instant: string) => (row.recurrence_catch_up === 'skip' ? laterOf(instant, toCome) : instant)
  if (row.recurrence_anchor === 'due_date') return dateAfter(row, notBefore(dueFrom(task) ?? task.completed_at ?? now))
  const schedule = scheduleOf(row)
  const count = countOf(schedule)
  if (count !== undefined && (task.occurrence ?? 1) - row.first_occurrence + 1 >= count) return null
  const completed = task.completed_at ?? now
  const start_date = isWithinDays(schedule) ? localTime(completed, row.time_zone) : restartOn(completed, row)
  return dateAfter({ ...row, start_date }, notBefore(completed))
}

/** The local day of an instant, at the time of day the schedule starts at. */
const restartOn = (instant: string, { start_date, time_zone }: Scheduled): string =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(time_zone)
    .toPlainDate()
    .toPlainDateTime(Temporal.PlainDateTime.from(start_date).toPlainTime())
    .toString({ smallestUnit: 'second' })

/**
 * What follows a completed task of a series; undefined when nothing does: it is paused, has ended or is on schedule.
 */
export const occurrenceAfter = (
  row: SeriesRow,
  task: DueDate & Pick<Task, 'completed_at' | 'occurrence'>,
  now: string,
): NextOccurrence | undefined => {
  if (!row.is_active || row.mode !== 'on_completion' || task.occurrence === null) return undefined
  const date = dateAfterTask(row, task, now)
  return date === null ? undefined : { occurrence: task.occurrence + 1, date }
}

/** The newest task of a series, deleted or not. */
export type NewestTask = DueDate & Pick<Task, 'occurrence' | 'is_completed'> & { deleted_at: string | null }

/**
 * The instant after which no date has a task yet: now, or the newest task's date. A date that is now
 * is still to come, and so is today in an all-day series.
 */
export const lastDate = (
  row: Pick<SeriesRow, 'is_all_day' | 'time_zone'>,
  newest: NewestTask | undefined,
  now: string,
): string => {
  const toCome = justBefore(fromToday(row, now))
  const last = newest ? dueFrom(newest) : null
  return last === null ? toCome : laterOf(toCome, last)
}

/**
 * The task that a series lacks: an active one in on_completion mode needs an open task, or nothing would ever follow.
 * Undefined when it lacks none, or has ended.
 */
export const missingOccurrence = (
  row: SeriesRow,
  newest: NewestTask | undefined,
  now: string,
): NextOccurrence | undefined => {
  if (!row.is_active || row.mode !== 'on_completion') return undefined
  if (newest && !newest.is_completed && newest.deleted_at === null) return undefined
  const date = dateAfter(row, lastDate(row, newest, now))
  return date === null ? undefined : { occurrence: (newest?.occurrence ?? 0) + 1, date }
}
