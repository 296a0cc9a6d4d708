import type { RelativeReminder, SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { ReminderInput } from '../input/fields.ts'
import { dueFrom } from '../task/due.ts'
import { nextColumns } from './next-columns.ts'
import { checkedNext, localTime } from './schedule.ts'
import { type contentFields, relativeReminders, type scheduleFields } from './series-fields.ts'

type RecurringFields = Pick<Task, 'due_date' | 'due_on' | (typeof scheduleFields)[number]>
type Content = Pick<Task, (typeof contentFields)[number]>

/** The columns of a series whose first task this is. Problem 422 when the rule cannot be expanded. */
export const seriesFromTask = (task: RecurringFields & Content, inputs: ReminderInput[], now: string) => {
  const reminders = relativeReminders(inputs)
  return {
    title: task.title,
    description: task.description,
    priority: task.priority,
    tags: task.tags,
    category: task.category,
    reminders,
    last_occurrence: 1,
    first_occurrence: 1,
    is_active: true,
    ...scheduleFromTask(task, { reminders, skipped: [], is_active: true }, now),
  }
}

/** The schedule that starts with a task: at its due date or on its day, or now when it has neither. */
export const scheduleFromTask = (
  task: RecurringFields,
  series: { reminders: RelativeReminder[] } & Pick<SeriesRow, 'skipped' | 'is_active'>,
  now: string,
) => {
  const first = dueFrom(task) ?? now
  const schedule = {
    rule: task.recurrence_rule!,
    interval: task.recurrence_interval,
    mode: task.recurrence_mode,
    recurrence_anchor: task.recurrence_anchor,
    recurrence_catch_up: task.recurrence_catch_up,
    start_date: localTime(first, task.time_zone),
    is_all_day: task.due_on !== null,
    time_zone: task.time_zone,
    reminder_time: task.reminder_time,
  }
  // Expanded in either mode, so that an impossible rule is refused here and not when the task is completed.
  const next = checkedNext('recurrence_rule', { ...schedule, skipped: series.skipped }, first)
  return { ...schedule, ...nextColumns({ ...series, ...schedule }, next) }
}
