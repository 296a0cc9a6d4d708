import type { SeriesRow } from '@taskflow/database'
import { describeSchedule, type Occurrence } from '@taskflow/recurrence'
import { datesOfSeries, nextOfSeries, scheduleOfSeries } from '../series/schedule.ts'

/** A recurring task as it leaves TaskFlow. */
export const toRecurring = (row: SeriesRow, now: string) => ({
  id: row.id,
  user_id: row.user_id,
  title: row.title,
  description: row.description,
  priority: row.priority,
  tags: row.tags,
  category: row.category,
  reminders: row.reminders,
  rule: row.rule,
  pattern: patterns.find((each) => each === row.rule) ?? null,
  interval: row.interval,
  schedule: describeSchedule(scheduleOfSeries(row)),
  start_date: row.start_date,
  time_zone: row.time_zone,
  // On completion nothing is fixed before the open task is done: shown is the schedule's next date.
  next_occurrence: row.is_active && row.mode === 'on_completion' ? nextOfSeries(row, now) : row.next_occurrence,
  is_active: row.is_active,
  skipped: row.skipped,
  recurrence_mode: row.mode,
  recurrence_anchor: row.recurrence_anchor,
  recurrence_catch_up: row.recurrence_catch_up,
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})
export type Recurring = ReturnType<typeof toRecurring>

const patterns = ['daily', 'weekly', 'monthly', 'yearly'] as const

/** The dates that come next, if nothing changes; none while it is paused. */
export const upcoming = (row: SeriesRow, now: string, count: number): Occurrence[] => {
  if (!row.is_active) return []
  const next = row.next_occurrence
  // The next date itself may have passed by a moment, or be due at once.
  const before = next && Temporal.Instant.from(next).subtract({ milliseconds: 1 }).toString()
  return datesOfSeries(row, before ?? now, count)
}
