import type { Task } from '@taskflow/event-contracts'
import { writeList } from './csv.ts'

/** The columns of a task in CSV; on import all but the title may be left out or empty. */
export const csvColumns = [
  'id',
  'title',
  'description',
  'priority',
  'due_date',
  'time_zone',
  'is_completed',
  'completed_at',
  'recurrence_rule',
  'recurrence_interval',
  'recurrence_mode',
  'recurrence_anchor',
  'recurrence_catch_up',
  'tags',
  'category',
  'reminders',
  'series_id',
  'occurrence',
  'created_at',
  'reminder_time',
] as const
export type CsvColumn = (typeof csvColumns)[number]

/** The cells of a task. Lists are CSV within a cell; a reminder is its type and what belongs to it: `before PT30M`. */
export const csvRow = (task: Task): string[] => {
  const row: Record<CsvColumn, string> = {
    id: task.id,
    title: task.title,
    description: task.description,
    priority: task.priority,
    due_date: task.due_on ?? task.due_date ?? '',
    time_zone: task.time_zone,
    is_completed: String(task.is_completed),
    completed_at: task.completed_at ?? '',
    recurrence_rule: task.recurrence_rule ?? '',
    recurrence_interval: String(task.recurrence_interval),
    recurrence_mode: task.recurrence_mode,
    recurrence_anchor: task.recurrence_anchor,
    recurrence_catch_up: task.recurrence_catch_up,
    tags: writeList(task.tags),
    category: task.category ?? '',
    reminders: writeList(
      task.reminders
        .filter(({ state }) => state !== 'dismissed')
        .map(({ type, offset, at }) =>
          type === 'at' ? `at ${at}` : /^(?:before|after)$/.test(type) ? `${type} ${offset}` : type,
        ),
    ),
    series_id: task.series_id ?? '',
    occurrence: String(task.occurrence ?? ''),
    created_at: task.created_at,
    reminder_time: task.reminder_time,
  }
  return csvColumns.map((column) => row[column])
}
