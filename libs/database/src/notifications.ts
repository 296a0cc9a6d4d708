import { integer, jsonb, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instantColumn } from './instant.ts'

export const notificationsSchema = pgSchema('notifications')

/** One row per firing of a reminder and channel. */
export const ledger = notificationsSchema.table(
  'ledger',
  {
    reminder_id: uuid().notNull(),
    fired_for: instantColumn().notNull(),
    channel: text({ enum: ['email'] }).notNull(),
    user_id: uuid().notNull(),
    task_id: uuid().notNull(),
    state: text({ enum: ['pending', 'sent', 'failed', 'suppressed'] }).notNull(),
    content: jsonb().notNull(),
    origin: jsonb().notNull(),
    message_id: text().notNull(),
    attempts: integer().notNull().default(0),
    next_attempt_at: instantColumn(),
    reason: text(),
    created_at: instantColumn().notNull(),
    sent_at: instantColumn(),
  },
  (table) => [primaryKey({ columns: [table.reminder_id, table.fired_for, table.channel] })],
)
export type LedgerRow = typeof ledger.$inferSelect
