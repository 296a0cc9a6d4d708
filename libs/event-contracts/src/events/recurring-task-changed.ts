import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { changed, recurringTask } from '../records.ts'

/** A series was begun or its schedule was changed; `changed` is empty when it was begun. */
export const recurringTaskChanged = defineEvent(
  'recurring_task.changed',
  '2.0',
  z.object({ recurring_task: recurringTask, changed }),
)
