import { writeMoment } from '../time/format.ts'
import type { Activity } from './activity.ts'

const fieldNames: Record<string, string> = {
  title: 'Title',
  description: 'Notes',
  priority: 'Priority',
  due_date: 'Due date',
  due_on: 'Due day',
  reminder_time: 'Reminder time',
  time_zone: 'Time zone',
  tags: 'Tags',
  category: 'Category',
  recurrence_rule: 'Repetition',
  recurrence_interval: 'Interval',
  recurrence_mode: 'When the next one comes',
  recurrence_anchor: 'Counted from',
  recurrence_catch_up: 'Missed dates',
  reminders: 'Reminders',
  deleted_at: 'Restored',
}

const sentences: Record<string, string> = {
  'task.created': 'Created',
  'task.completed': 'Completed',
  'task.reopened': 'Reopened',
  'task.deleted': 'Deleted',
  'reminder.due': 'Reminder fired',
  'reminder.sent': 'Reminder sent',
  'reminder.failed': 'Reminder could not be sent',
}

/** An activity in words: a line for each changed field. */
export const describeActivity = ({ type, data }: Activity, zone: string, locale: string): string[] => {
  const { changed, channel } = (data ?? {}) as { changed?: Record<string, [unknown, unknown]>; channel?: string }
  if (type === 'reminder.sent' && channel !== undefined)
    return [`Reminder sent by ${channel === 'email' ? 'e-mail' : channel}`]
  if (type !== 'task.updated' || !changed) return [sentences[type] ?? type]
  const lines = Object.entries(changed).flatMap(([field, [before, after]]) => {
    const name = fieldNames[field]
    if (name === undefined) return []
    if (field === 'deleted_at' || field === 'description') return [field === 'deleted_at' ? name : `${name} changed`]
    // Reminders move with the due date.
    if (field === 'reminders') return 'due_date' in changed ? [] : [`${name} changed`]
    return [`${name}: ${written(before, zone, locale)} → ${written(after, zone, locale)}`]
  })
  return lines.length > 0 ? lines : ['Changed']
}

const written = (value: unknown, zone: string, locale: string): string => {
  if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return 'none'
  if (Array.isArray(value)) return value.join(', ')
  const text = String(value)
  return /^\d{4}-\d\d-\d\dT.*Z$/.test(text) ? writeMoment(text, zone, locale) : text.replaceAll('_', ' ')
}
