import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { changed, instant, recurringTask } from '../records.ts'

/** A series was started or its schedule changed; `changed` is empty when it was started. */
export const recurringTaskChanged = defineEvent(
  'recurring_task.changed',
  '2.0',
  z.object({ recurring_task: recurringTask, changed }),
)

/** A series in on_schedule mode has reached its next date: the task of that occurrence is due to be created. */
export const recurringTaskDue = defineEvent(
  'recurring_task.due',
  '2.0',
  z.object({ recurring_task: recurringTask, occurrence: z.int().min(1), due_date: instant }),
)
