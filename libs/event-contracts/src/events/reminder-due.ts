import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { instant, priority, reminderType } from '../records.ts'

/** The time of a reminder has come. Carries what a notification needs, so that nobody has to ask back. */
export const reminderDue = defineEvent(
  'reminder.due',
  '2.0',
  z.object({
    reminder: z.strictObject({ id: z.uuid(), type: reminderType, at: instant }),
    task: z.strictObject({
      id: z.uuid(),
      title: z.string(),
      description: z.string(),
      priority,
      due_date: instant.nullable(),
      time_zone: z.string(),
    }),
    late: z.boolean().meta({ description: 'fired more than a minute after `at`, because the service was down' }),
  }),
)
