import type { Task } from '@taskflow/event-contracts'
import { nextOccurrence as nextOf, type Occurrence, type Schedule } from '@taskflow/recurrence'

/**
 * The date after a completed task of a series; null when the series has ended. Counted from the series' schedule, or,
 * with the anchor completed_at, anew from the day of completion at the schedule's time of day. With the policy `skip`
 * dates that have passed are left out; with `all` they come one by one.
 */
export const nextOccurrence = (
  task: Pick<Task, 'due_date' | 'completed_at' | 'occurrence' | 'recurrence_anchor' | 'recurrence_catch_up'>,
  schedule: Schedule,
  now: Temporal.Instant,
): Occurrence | null => {
  const due = task.due_date ?? task.completed_at ?? now.toString()
  const after = task.recurrence_catch_up === 'skip' ? later(due, now.toString()) : due
  if (task.recurrence_anchor === 'due_date') return nextOf(schedule, after)
  const completed = task.completed_at ?? now.toString()
  const restarted = { ...schedule, start: sameTimeOn(completed, schedule) }
  return nextOf(restarted, later(completed, task.recurrence_catch_up === 'skip' ? now.toString() : completed))
}

const later = (a: string, b: string): string => (Temporal.Instant.compare(a, b) >= 0 ? a : b)

/** The local date of an instant with the time of day at which the schedule starts. */
const sameTimeOn = (instant: string, { start, time_zone }: Schedule): string =>
  Temporal.Instant.from(instant)
    .toZonedDateTimeISO(time_zone)
    .toPlainDate()
    .toPlainDateTime(Temporal.PlainDateTime.from(start).toPlainTime())
    .toString({ smallestUnit: 'second' })
