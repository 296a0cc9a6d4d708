import { bigint, boolean, date, integer, jsonb, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instantColumn } from './instant.ts'

export const tasksSchema = pgSchema('tasks')

/** A reminder of every task of a series. */
export interface RelativeReminder {
  type: '24_hours_before' | '1_hour_before' | 'before' | 'after'
  /** ISO 8601 duration, for `before` and `after`. */
  offset?: string | undefined
}

export const series = tasksSchema.table('series', {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  title: text().notNull(),
  description: text().notNull(),
  priority: text({ enum: ['low', 'medium', 'high'] }).notNull(),
  tags: text().array().notNull(),
  category: text(),
  reminders: jsonb().$type<RelativeReminder[]>().notNull(),
  rule: text().notNull(),
  interval: integer().notNull(),
  mode: text({ enum: ['on_completion', 'on_schedule'] }).notNull(),
  recurrence_anchor: text({ enum: ['due_date', 'completed_at'] }).notNull(),
  recurrence_catch_up: text({ enum: ['skip', 'all'] }).notNull(),
  start_date: text().notNull(),
  /** Whether its tasks are due on a day; `start_date` is then the beginning of the first one. */
  is_all_day: boolean().notNull().default(false),
  reminder_time: text().notNull().default('09:00'),
  time_zone: text().notNull(),
  skipped: text().array().notNull().default([]),
  next_occurrence: instantColumn(),
  announce_at: instantColumn(),
  last_occurrence: integer().notNull().default(1),
  /** The number of the task that the schedule starts with. */
  first_occurrence: integer().notNull().default(1),
  is_active: boolean().notNull().default(true),
  version: integer().notNull(),
  created_at: instantColumn().notNull(),
  updated_at: instantColumn().notNull(),
  deleted_at: instantColumn(),
})
export type SeriesRow = typeof series.$inferSelect

export const tasks = tasksSchema.table('tasks', {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  title: text().notNull(),
  description: text().notNull(),
  priority: text({ enum: ['low', 'medium', 'high'] }).notNull(),
  due_date: instantColumn(),
  due_on: date(),
  reminder_time: text().notNull().default('09:00'),
  /** The last millisecond of `due_on` in `time_zone`. */
  day_ends_at: instantColumn(),
  time_zone: text().notNull(),
  is_completed: boolean().notNull(),
  completed_at: instantColumn(),
  recurrence_rule: text(),
  recurrence_interval: integer().notNull(),
  recurrence_mode: text({ enum: ['on_completion', 'on_schedule'] }).notNull(),
  recurrence_anchor: text({ enum: ['due_date', 'completed_at'] }).notNull(),
  recurrence_catch_up: text({ enum: ['skip', 'all'] }).notNull(),
  series_id: uuid(),
  occurrence: integer(),
  tags: text().array().notNull(),
  category: text(),
  version: integer().notNull(),
  created_at: instantColumn().notNull(),
  updated_at: instantColumn().notNull(),
  deleted_at: instantColumn(),
  /** What its deletion did to its series. */
  series_when_deleted: text({ enum: ['end', 'pause', 'skip'] }),
})
export type TaskRow = typeof tasks.$inferSelect

export const reminders = tasksSchema.table('reminders', {
  id: uuid().primaryKey(),
  task_id: uuid().notNull(),
  position: integer().notNull(),
  type: text({ enum: ['24_hours_before', '1_hour_before', 'before', 'after', 'at'] }).notNull(),
  offset: text(),
  at: instantColumn(),
  state: text({ enum: ['pending', 'due', 'sent', 'failed', 'dismissed', 'cancelled'] }).notNull(),
})
export type ReminderRow = typeof reminders.$inferSelect

/** What people store: the sum of a person's rows. Written by triggers. */
export const usage = tasksSchema.table('usage', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  user_id: uuid().notNull(),
  open_tasks: integer().notNull(),
  series: integer().notNull(),
  bytes: bigint({ mode: 'number' }).notNull(),
  /** The transaction that made the change. */
  transaction: text().notNull(),
})

/** How many tasks the schedule made for a person on a day (UTC). */
export const occurrenceCounts = tasksSchema.table(
  'occurrence_counts',
  { user_id: uuid().notNull(), day: date().notNull(), count: integer().notNull() },
  ({ user_id, day }) => [primaryKey({ columns: [user_id, day] })],
)
