import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { instant } from '../records.ts'

/** A channel has taken the notification of a reminder (for e-mail: the mail server accepted it). */
export const reminderSent = defineEvent(
  'reminder.sent',
  '2.0',
  z.object({
    reminder_id: z.uuid(),
    task_id: z.uuid(),
    channel: z.enum(['email']),
    message_id: z.string(),
    sent_at: instant,
  }),
)
