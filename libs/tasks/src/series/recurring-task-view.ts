import type { SeriesRow } from '@taskflow/database'
import { describeSchedule, type Occurrence } from '@taskflow/recurrence'
import { dateAfter, datesAfter, ifAffordable, justBefore, scheduleOf } from './schedule.ts'

/** A series as the API and the assistant show it: a recurring task. */
export const toRecurringTaskView = (row: SeriesRow, now: string) => ({
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
  schedule: describeSchedule(scheduleOf(row), { isAllDay: row.is_all_day }),
  start_date: row.start_date,
  start_on: row.is_all_day ? row.start_date.slice(0, 10) : null,
  reminder_time: row.reminder_time,
  time_zone: row.time_zone,
  // On completion nothing is fixed before the open task is done: the schedule's next date is shown.
  next_occurrence:
    row.is_active && row.mode === 'on_completion' ? ifAffordable(() => dateAfter(row, now), null) : row.next_occurrence,
  is_active: row.is_active,
  skipped: row.skipped,
  recurrence_mode: row.mode,
  recurrence_anchor: row.recurrence_anchor,
  recurrence_catch_up: row.recurrence_catch_up,
  version: row.version,
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const patterns = ['daily', 'weekly', 'monthly', 'yearly'] as const

/** The dates that come next, if nothing changes; none while it is paused. */
export const upcomingDates = (row: SeriesRow, now: string, count: number): Occurrence[] => {
  if (!row.is_active) return []
  // The next date itself may have passed by a moment, or be due at once.
  return ifAffordable(() => datesAfter(row, row.next_occurrence ? justBefore(row.next_occurrence) : now, count), [])
}
