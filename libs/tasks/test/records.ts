import type { SeriesRow } from '@taskflow/database'
import type { Reminder, Task } from '@taskflow/event-contracts'

/** Records to decide on: a test names the fields that matter to it. */

export const user_id = '0198c7a5-5f3e-7000-8000-000000000001'
const task_id = '0198c7a5-5f3e-7000-8000-000000000002'
const series_id = '0198c7a5-5f3e-7000-8000-000000000003'

/** When something is due, at an instant. */
export const dueAt = (due_date: string | null, time_zone = 'UTC') => ({
  due_date,
  due_on: null,
  reminder_time: '09:00',
  time_zone,
})

/** A daily series in UTC, on completion, from 1 January 2026 at 09:00. */
export const aSeries = (fields: Partial<SeriesRow> = {}): SeriesRow => ({
  id: series_id,
  user_id,
  title: 'Pay rent',
  description: '',
  priority: 'medium',
  tags: [],
  category: null,
  reminders: [],
  rule: 'daily',
  interval: 1,
  mode: 'on_completion',
  recurrence_anchor: 'due_date',
  recurrence_catch_up: 'skip',
  start_date: '2026-01-01T09:00:00',
  is_all_day: false,
  reminder_time: '09:00',
  time_zone: 'UTC',
  skipped: [],
  next_occurrence: null,
  announce_at: null,
  last_occurrence: 1,
  first_occurrence: 1,
  is_active: true,
  version: 1,
  created_at: '2026-01-01T08:00:00Z',
  updated_at: '2026-01-01T08:00:00Z',
  deleted_at: null,
  ...fields,
})

/** An open task that does not recur. */
export const aTask = (fields: Partial<Task> = {}): Task => ({
  id: task_id,
  user_id,
  title: 'Pay rent',
  description: '',
  priority: 'medium',
  due_date: '2026-01-01T09:00:00Z',
  due_on: null,
  reminder_time: '09:00',
  time_zone: 'UTC',
  is_completed: false,
  completed_at: null,
  recurrence_rule: null,
  recurrence_interval: 1,
  recurrence_mode: 'on_completion',
  recurrence_anchor: 'due_date',
  recurrence_catch_up: 'skip',
  series_id: null,
  occurrence: null,
  tags: [],
  category: null,
  version: 1,
  created_at: '2026-01-01T08:00:00Z',
  updated_at: '2026-01-01T08:00:00Z',
  reminders: [],
  ...fields,
})

/** The open first task of `aSeries()`. */
export const aRecurringTask = (fields: Partial<Task> = {}): Task =>
  aTask({ recurrence_rule: 'daily', series_id, occurrence: 1, ...fields })

/** A pending reminder an hour before the due date of `aTask()`. */
export const aReminder = (fields: Partial<Reminder> = {}): Reminder => ({
  id: '0198c7a5-5f3e-7000-8000-000000000004',
  type: '1_hour_before',
  offset: 'PT1H',
  at: '2026-01-01T08:00:00Z',
  state: 'pending',
  ...fields,
})

export const atInstant = (at: string, fields: Partial<Reminder> = {}): Reminder =>
  aReminder({ type: 'at', offset: null, at, ...fields })
