import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { instant, recurringTask } from '../records.ts'

/** A series in on_schedule mode has reached its next date: the task of that occurrence is to be made. */
export const recurringTaskDue = defineEvent(
  'recurring_task.due',
  '2.0',
  z.object({ recurring_task: recurringTask, occurrence: z.int().min(1), due_date: instant }),
)
