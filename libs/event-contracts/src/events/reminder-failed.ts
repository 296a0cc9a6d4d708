import { z } from 'zod'
import { defineEvent } from '../define-event.ts'

/** A channel has refused the notification of a reminder for good. */
export const reminderFailed = defineEvent(
  'reminder.failed',
  '2.1',
  z.object({ reminder_id: z.uuid(), task_id: z.uuid(), channel: z.enum(['email', 'webhook']), reason: z.string() }),
  { '2.0': (data) => ({ ...data, schema_version: '2.1' }) },
)
