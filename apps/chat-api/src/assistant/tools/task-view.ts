import type { Task } from '@taskflow/event-contracts'
import { type instant, task as taskRecord } from '@taskflow/event-contracts'
import { z } from 'zod'

/** A task as tools show it: without fields for programs only, with the due date as local time too. */
export const taskView = taskRecord
  .pick({
    id: true,
    title: true,
    description: true,
    priority: true,
    due_date: true,
    due_on: true,
    time_zone: true,
    is_completed: true,
    completed_at: true,
    recurrence_rule: true,
    recurrence_interval: true,
    series_id: true,
    tags: true,
    category: true,
    reminders: true,
    version: true,
  })
  .extend({
    due_local: z
      .string()
      .nullable()
      .meta({ description: 'due_date on the clock of time_zone, like 2026-02-28T09:00, or due_on' }),
  })
export type TaskView = z.infer<typeof taskView>

export const viewOf = (task: Task): TaskView => ({
  ...taskView.omit({ due_local: true }).strip().parse(task),
  due_local: task.due_on ?? (task.due_date && localOf(task.due_date, task.time_zone)),
})

/** The local time of an instant, to the minute. */
const localOf = (value: z.infer<typeof instant>, time_zone: string): string =>
  Temporal.Instant.from(value).toZonedDateTimeISO(time_zone).toPlainDateTime().toString({ smallestUnit: 'minute' })
