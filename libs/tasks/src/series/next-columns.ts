import type { SeriesRow } from '@taskflow/database'
import { offsetOf, reminderTime } from '../reminders/reminder-time.ts'

import { dueInSeries } from './schedule.ts'

type NextColumns = Pick<SeriesRow, 'next_occurrence' | 'announce_at'>

/** The columns of a series that makes no further task by itself. */
export const noNext: NextColumns = { next_occurrence: null, announce_at: null }

/** A task is made this long before its first early reminder, so that the reminder is not late. */
const leadTime = { minutes: 1 }

/**
 * The columns of a series' next date. Only an active series on schedule has one: on completion, the next task follows
 * from the open one. The task is made at its date, or earlier when a reminder comes before it: a task that does not
 * exist yet reminds nobody.
 */
export const nextColumns = (
  row: Pick<SeriesRow, 'is_active' | 'mode' | 'reminders' | 'time_zone' | 'is_all_day' | 'reminder_time'>,
  next_occurrence: string | null,
): NextColumns => {
  if (!row.is_active || row.mode !== 'on_schedule' || next_occurrence === null) return noNext
  const due = dueInSeries(row, next_occurrence)
  const early = row.reminders.flatMap((each) => {
    const at = reminderTime({ type: each.type, offset: offsetOf(each), at: null }, due)
    return at === null ? [] : [Temporal.Instant.from(at).subtract(leadTime)]
  })
  const announce_at = [Temporal.Instant.from(next_occurrence), ...early].toSorted(Temporal.Instant.compare)[0]!
  return { next_occurrence, announce_at: announce_at.toString() }
}
