import { z } from 'zod'

/**
 * The records that travel in events and API answers. Names are the same from the Postgres column to JSON
 * (snake_case), so there is no mapping layer.
 */

/** An instant as it leaves TaskFlow: ISO 8601 in UTC with `Z`. */
export const instant = z.iso.datetime({ offset: false }).meta({ description: 'ISO 8601 instant in UTC, ends in Z' })

/** A day of the calendar, without a time or a zone. */
export const day = z.iso.date()
export const isDay = (text: string): boolean => day.safeParse(text).success

/** A time of the day on somebody's clock. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day, like 07:30')
  .meta({ examples: ['09:00'] })

export const priority = z.enum(['low', 'medium', 'high'])
export const recurrenceMode = z.enum(['on_completion', 'on_schedule'])
export const recurrenceAnchor = z.enum(['due_date', 'completed_at'])
export const recurrenceCatchUp = z.enum(['skip', 'all'])
export const reminderType = z.enum(['24_hours_before', '1_hour_before', 'before', 'after', 'at'])
export const reminderState = z.enum(['pending', 'due', 'sent', 'failed', 'dismissed', 'cancelled'])

export const reminder = z.strictObject({
  id: z.uuid(),
  type: reminderType,
  offset: z.string().nullable().meta({
    description: 'ISO 8601 duration before or after due_date, or reminder_time on due_on; null for type "at"',
  }),
  at: instant.nullable().meta({ description: 'when it fires; null while the task has neither due_date nor due_on' }),
  state: reminderState,
})
export type Reminder = z.infer<typeof reminder>

export const task = z.strictObject({
  id: z.uuid(),
  user_id: z.uuid(),
  title: z.string(),
  description: z.string(),
  priority,
  due_date: instant.nullable().meta({ description: 'when it is due; null for a task that is due on a day' }),
  due_on: day.nullable().meta({ description: 'the day it is due on, without a time; null beside due_date' }),
  reminder_time: timeOfDay.meta({ description: 'time in time_zone that reminders of due_on are counted from' }),
  time_zone: z.string(),
  is_completed: z.boolean(),
  completed_at: instant.nullable(),
  recurrence_rule: z.string().nullable(),
  recurrence_interval: z.int().min(1),
  recurrence_mode: recurrenceMode,
  recurrence_anchor: recurrenceAnchor,
  recurrence_catch_up: recurrenceCatchUp,
  series_id: z.uuid().nullable(),
  occurrence: z.int().nullable().meta({ description: 'number of this task within its series, from 1' }),
  tags: z.array(z.string()),
  category: z.string().nullable(),
  reminders: z.array(reminder),
  version: z.int().meta({ description: 'grows with every change; a projection applies only a greater one' }),
  created_at: instant,
  updated_at: instant,
})
export type Task = z.infer<typeof task>

/** What a change did: field -> [before, after]. */
export const changed = z.record(z.string(), z.tuple([z.json(), z.json()]))
export type Changed = z.infer<typeof changed>

/** A recurring task: the schedule of a series. Title, tags and so on are copied from one task to the next. */
export const recurringTask = z.strictObject({
  id: z.uuid(),
  user_id: z.uuid(),
  rule: z.string(),
  interval: z.int().min(1),
  mode: recurrenceMode,
  start_date: z.string().meta({ description: 'local date-time of the first occurrence in time_zone' }),
  is_all_day: z.boolean().meta({ description: 'its tasks are due on a day, without a time' }),
  time_zone: z.string(),
  next_occurrence: instant.nullable(),
  is_active: z.boolean(),
  version: z.int(),
})
export type RecurringTask = z.infer<typeof recurringTask>
