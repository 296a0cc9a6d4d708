import { z } from 'zod'
import { defineEvent } from '../define-event.ts'
import { day, instant, priority, reminderType } from '../records.ts'

/** A reminder is late when it fires this much after its time, or its notification is sent this much after. */
export const reminderLateAfter = { minutes: 1 }

/** The time of a reminder has come. Carries what a notification needs, so that no consumer has to ask back. */
export const reminderDue = defineEvent(
  'reminder.due',
  '3.0',
  z.object({
    reminder: z.strictObject({ id: z.uuid(), type: reminderType, at: instant }),
    task: z.strictObject({
      id: z.uuid(),
      title: z.string(),
      description: z.string(),
      priority,
      due_date: instant.nullable(),
      due_on: day.nullable(),
      time_zone: z.string(),
    }),
    late: z.boolean().meta({ description: 'fired more than a minute after `at`, because the service was down' }),
  }),
  { '2.0': ({ task, ...rest }) => ({ ...rest, schema_version: '3.0', task: { ...(task as object), due_on: null } }) },
)

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

/** A channel has rejected the notification of a reminder for good. */
export const reminderFailed = defineEvent(
  'reminder.failed',
  '2.1',
  z.object({ reminder_id: z.uuid(), task_id: z.uuid(), channel: z.enum(['email', 'webhook']), reason: z.string() }),
  { '2.0': (data) => ({ ...data, schema_version: '2.1' }) },
)
