import { bigint, boolean, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instantColumn } from './instant.ts'

export const auditSchema = pgSchema('audit')

/** Partitioned by the month of `recorded_at`. The columns serve queries; the record itself is `recorded`. */
export const auditEvents = auditSchema.table(
  'events',
  {
    sequence: bigint({ mode: 'number' }).notNull(),
    recorded_at: instantColumn().notNull(),
    event_id: text().notNull(),
    type: text().notNull(),
    time: instantColumn().notNull(),
    user_id: uuid(),
    task_id: uuid(),
    correlation_id: text(),
    causation_id: text(),
    recorded: text().notNull(),
    hash: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.sequence, table.recorded_at] })],
)

export const chainHead = auditSchema.table('chain_head', {
  only_row: boolean().primaryKey().default(true),
  sequence: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
})

/** How far the chain was verified in the background, and the first bad record. */
export const chainVerification = auditSchema.table('verification', {
  only_row: boolean().primaryKey().default(true),
  sequence: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
  begun_at: instantColumn(),
  verified_at: instantColumn(),
  bad_sequence: bigint({ mode: 'number' }),
  bad_kind: text(),
  bad_detail: text(),
  bad_at: instantColumn(),
})
