import type { RelativeReminder, SeriesRow } from '@taskflow/database'
import type { ReminderInput } from '../input/fields.ts'

/** The fields of a task that come from its series, besides the schedule and the reminders. */
export const contentFields = ['title', 'description', 'priority', 'tags', 'category'] as const
/** The fields in which a task shows its series' schedule. */
export const scheduleFields = [
  'recurrence_rule',
  'recurrence_interval',
  'recurrence_mode',
  'recurrence_anchor',
  'recurrence_catch_up',
  'time_zone',
  'reminder_time',
] as const

/** The reminders that every task of a series gets; one at a fixed instant belongs to a single task. */
export const relativeReminders = (reminders: ReminderInput[]): RelativeReminder[] =>
  reminders.flatMap(({ type, offset }) =>
    type === 'at' ? [] : [{ type, ...(offset === undefined ? {} : { offset }) }],
  )

/** What a new task of the series takes over from it. */
export const taskFields = (row: SeriesRow) => ({
  user_id: row.user_id,
  title: row.title,
  description: row.description,
  priority: row.priority,
  tags: row.tags,
  category: row.category,
  ...scheduleOnTasks(row),
})

/** A series' schedule as its tasks show it. */
export const scheduleOnTasks = (row: SeriesRow) => ({
  time_zone: row.time_zone,
  reminder_time: row.reminder_time,
  recurrence_rule: row.rule,
  recurrence_interval: row.interval,
  recurrence_mode: row.mode,
  recurrence_anchor: row.recurrence_anchor,
  recurrence_catch_up: row.recurrence_catch_up,
})
