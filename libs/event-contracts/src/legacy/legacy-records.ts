import type { RecurringTask, Task } from '../records.ts'

type Json = Record<string, unknown>

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)
const priorityOf = (value: unknown): Task['priority'] => (value === 'low' || value === 'high' ? value : 'medium')

/** An instant of an earlier system in our form; undefined when it is not one. */
export const legacyInstant = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined
  try {
    return Temporal.Instant.from(/(Z|[+-]\d\d:?\d\d)$/i.test(value) ? value : `${value}Z`)
      .round('millisecond')
      .toString()
  } catch {
    return undefined
  }
}

/** A task, as far as an earlier event describes it; the rest has today's defaults. */
export const legacyTask = (id: string, user_id: string, fields: Json, time: string): Task => ({
  id,
  user_id,
  title: text(fields.title ?? fields.task_title) || '(untitled)',
  description: text(fields.description),
  priority: priorityOf(fields.priority),
  due_date: legacyInstant(fields.due_date) ?? null,
  due_on: null,
  reminder_time: '09:00',
  time_zone: 'UTC',
  is_completed: fields.is_completed === true,
  completed_at: fields.is_completed === true ? time : null,
  recurrence_rule: textOrNull(fields.recurrence_rule ?? fields.recurrence_frequency),
  recurrence_interval: 1,
  recurrence_mode: 'on_completion',
  recurrence_anchor: 'due_date',
  recurrence_catch_up: 'skip',
  series_id: null,
  occurrence: null,
  tags: Array.isArray(fields.tags) ? fields.tags.filter((tag) => typeof tag === 'string') : [],
  category: null,
  reminders: [],
  version: 0,
  created_at: legacyInstant(fields.created_at) ?? time,
  updated_at: legacyInstant(fields.updated_at) ?? time,
})

/** The payload of reminder.due. */
export const legacyReminder = (id: string, task: Task, fields: Json, time: string): object => {
  const known = fields.reminder_type === '24_hours_before' || fields.reminder_type === '1_hour_before'
  const { id: task_id, title, description, priority, due_date, due_on, time_zone } = task
  return {
    reminder: { id, type: known ? fields.reminder_type : 'at', at: legacyInstant(fields.remind_at) ?? time },
    task: { id: task_id, title, description, priority, due_date, due_on, time_zone },
    late: false,
  }
}

/** A series, from a recurring task template of an earlier system. */
export const legacySeries = (id: string, user_id: string, fields: Json): RecurringTask => {
  const next_occurrence = legacyInstant(fields.next_occurrence) ?? null
  return {
    id,
    user_id,
    rule: textOrNull(fields.recurrence_pattern) ?? 'daily',
    interval:
      Number.isInteger(fields.recurrence_interval) && Number(fields.recurrence_interval) > 0
        ? Number(fields.recurrence_interval)
        : 1,
    mode: 'on_schedule',
    start_date: (next_occurrence ?? '1970-01-01T00:00:00Z').replace('Z', ''),
    is_all_day: false,
    time_zone: 'UTC',
    next_occurrence,
    is_active: fields.is_active !== false,
    version: 0,
  }
}
