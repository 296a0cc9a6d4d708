import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { changed, day, instant, recurringTask } from '../records.ts'

/** Before version 3.0 every series had a time of the day. */
const timed = (recurring_task: unknown) => ({ ...(recurring_task as object), is_all_day: false })

/** A series was started or its schedule changed; `changed` is empty when it was started. */
export const recurringTaskChanged = defineEvent(
  'recurring_task.changed',
  '3.0',
  z.object({ recurring_task: recurringTask, changed }),
  {
    '2.0': ({ recurring_task, ...rest }) => ({ ...rest, schema_version: '3.0', recurring_task: timed(recurring_task) }),
  },
)

/** A series in on_schedule mode has reached its next date: the task of that occurrence is due to be created. */
export const recurringTaskDue = defineEvent(
  'recurring_task.due',
  '3.0',
  z.object({
    recurring_task: recurringTask,
    occurrence: z.int().min(1),
    due_date: instant.nullable(),
    due_on: day.nullable().meta({ description: 'the day, when the series is all-day; due_date is null then' }),
  }),
  {
    '2.0': ({ recurring_task, ...rest }) => ({
      ...rest,
      schema_version: '3.0',
      due_on: null,
      recurring_task: timed(recurring_task),
    }),
  },
)
