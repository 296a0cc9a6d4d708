import { boolean, date, integer, jsonb, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instantColumn } from './instant.ts'

export const notificationsSchema = pgSchema('notifications')

export const channels = ['email', 'webhook'] as const
export type Channel = (typeof channels)[number]

/** One row per firing of a reminder and channel. */
export const ledger = notificationsSchema.table(
  'ledger',
  {
    reminder_id: uuid().notNull(),
    fired_for: instantColumn().notNull(),
    channel: text({ enum: channels }).notNull(),
    user_id: uuid().notNull(),
    task_id: uuid().notNull(),
    state: text({ enum: ['pending', 'held', 'sent', 'failed', 'suppressed'] }).notNull(),
    content: jsonb().notNull(),
    origin: jsonb().notNull(),
    message_id: text().notNull(),
    attempts: integer().notNull().default(0),
    next_attempt_at: instantColumn(),
    reason: text(),
    created_at: instantColumn().notNull(),
    sent_at: instantColumn(),
    claimed_until: instantColumn(),
    copies: integer().notNull().default(0),
    digest: date(),
    give_up_at: instantColumn().notNull(),
  },
  (table) => [primaryKey({ columns: [table.reminder_id, table.fired_for, table.channel] })],
)
export type LedgerRow = typeof ledger.$inferSelect

/** Mails sent within a period: by the mail server, and to each person. */
export const sentCounts = notificationsSchema.table(
  'sent_counts',
  { subject: text().notNull(), since: instantColumn().notNull(), count: integer().notNull() },
  (table) => [primaryKey({ columns: [table.subject, table.since] })],
)

/** What notification-service may read about a reminder of chat-api. */
export const reminderStates = pgSchema('tasks')
  .view('reminder_states', {
    reminder_id: uuid().notNull(),
    at: instantColumn(),
    state: text().notNull(),
    is_over: boolean().notNull(),
    is_completed: boolean().notNull(),
  })
  .existing()
