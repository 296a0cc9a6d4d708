import { z } from 'zod'
import { defineEvent } from '../define-event.ts'

/** A channel has refused the notification of a reminder for good. */
export const reminderFailed = defineEvent(
  'reminder.failed',
  '2.0',
  z.object({ reminder_id: z.uuid(), task_id: z.uuid(), channel: z.enum(['email']), reason: z.string() }),
)
