import type { SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { dateAfter, justBefore, laterOf, type Scheduled } from './schedule.ts'

/** A task that a series is to get. */
export interface NextOccurrence {
  occurrence: number
  due_date: string
}

/**
 * The date after a task of a series in on_completion mode; null when the series has ended. With the anchor `due_date`
 * it is the schedule's next date. With `completed_at` the schedule starts again on the day of completion, at its own
 * time of day. With the policy `skip`, dates that have passed are left out; with `all` they come one by one.
 */
export const dateAfterTask = (
  row: Scheduled & Pick<SeriesRow, 'recurrence_anchor' | 'recurrence_catch_up'>,
  task: Pick<Task, 'due_date' | 'completed_at'>,
  now: string,
): string | null => {
  const notBefore = (instant: string) => (row.recurrence_catch_up === 'skip' ? laterOf(instant, now) : instant)
  if (row.recurrence_anchor === 'due_date') return dateAfter(row, notBefore(task.due_date ?? task.completed_at ?? now))
  const completed = task.completed_at ?? now
  return dateAfter({ ...row, start_date: restartOn(completed, row) }, notBefore(completed))
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
export const occurrenceAfter = (row: SeriesRow, task: Task, now: string): NextOccurrence | undefined => {
  if (!row.is_active || row.mode !== 'on_completion' || task.occurrence === null) return undefined
  const due_date = dateAfterTask(row, task, now)
  return due_date === null ? undefined : { occurrence: task.occurrence + 1, due_date }
}

/** The newest task of a series, deleted or not. */
export type NewestTask = Pick<Task, 'due_date' | 'occurrence' | 'is_completed'> & { deleted_at: string | null }

/**
 * The instant after which no date has a task yet: now, or the newest task's date. A date that is now is still to come.
 */
export const lastDate = (newest: NewestTask | undefined, now: string): string =>
  newest?.due_date ? laterOf(justBefore(now), newest.due_date) : justBefore(now)

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
  const due_date = dateAfter(row, lastDate(newest, now))
  return due_date === null ? undefined : { occurrence: (newest?.occurrence ?? 0) + 1, due_date }
}
