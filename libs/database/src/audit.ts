import { bigint, boolean, jsonb, pgSchema, text, uuid } from 'drizzle-orm/pg-core'
import { instantColumn } from './instant.ts'

export const auditSchema = pgSchema('audit')

export const auditEvents = auditSchema.table('events', {
  sequence: bigint({ mode: 'number' }).primaryKey(),
  event_id: text().notNull(),
  type: text().notNull(),
  source: text().notNull(),
  subject: text().notNull(),
  task_id: uuid(),
  user_id: uuid(),
  time: instantColumn().notNull(),
  correlation_id: text(),
  causation_id: text(),
  data: jsonb().notNull(),
  recorded: text().notNull(),
  hash: text().notNull(),
})

export const chainHead = auditSchema.table('chain_head', {
  only_row: boolean().primaryKey().default(true),
  sequence: bigint({ mode: 'number' }).notNull(),
  hash: text().notNull(),
})
