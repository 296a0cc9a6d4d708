import type { RelativeReminder } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { ReminderInput } from '../input.ts'
import { localTime, nextColumns, nextOfSeries, withRule } from './schedule.ts'
import { type contentFields, relativeReminders, type scheduleFields } from './template.ts'

type Recurring = Pick<Task, 'due_date' | (typeof scheduleFields)[number]>
type Content = Pick<Task, (typeof contentFields)[number]>

/** The columns of a series that begins with a task. Problem 422 when the rule cannot be expanded. */
export const seriesOfTask = (task: Recurring & Content, reminders: ReminderInput[], now: string) => ({
  title: task.title,
  description: task.description,
  priority: task.priority,
  tags: task.tags,
  category: task.category,
  reminders: relativeReminders(reminders),
  ...scheduleOfTask(task, relativeReminders(reminders), now),
})

/** The schedule that is counted from a task: from its due date, or from now when it has none. */
export const scheduleOfTask = (task: Recurring, reminders: RelativeReminder[], now: string, skipped: string[] = []) => {
  const first = task.due_date ?? now
  const columns = {
    rule: task.recurrence_rule!,
    interval: task.recurrence_interval,
    mode: task.recurrence_mode,
    recurrence_anchor: task.recurrence_anchor,
    recurrence_catch_up: task.recurrence_catch_up,
    start_date: localTime(first, task.time_zone),
    time_zone: task.time_zone,
  }
  // Expanded in either mode, so that a rule which cannot be is refused here and not when the task is completed.
  const next = withRule('recurrence_rule', () => nextOfSeries({ ...columns, skipped }, first))
  return { ...columns, ...nextColumns({ ...columns, reminders }, columns.mode === 'on_schedule' ? next : null) }
}
