import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { instant } from '../records.ts'

/** A channel has taken the notification of a reminder: the mail server accepted it, or the webhook answered 2xx. */
export const reminderSent = defineEvent(
  'reminder.sent',
  '2.1',
  z.object({
    reminder_id: z.uuid(),
    task_id: z.uuid(),
    channel: z.enum(['email', 'webhook']),
    message_id: z.string(),
    sent_at: instant,
  }),
  { '2.0': (data) => ({ ...data, schema_version: '2.1' }) },
)
