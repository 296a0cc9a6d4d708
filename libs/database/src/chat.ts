import { bigint, boolean, date, json, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { identitySchema } from './identity.ts'
import { instantColumn } from './instant.ts'

/** A conversation with the assistant; its messages are in the statestore. */
export const chatConversations = identitySchema.table('chat_conversations', {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  title: text().notNull(),
  created_at: instantColumn().notNull(),
  updated_at: instantColumn().notNull(),
  turn_id: uuid(),
  turn_until: instantColumn(),
})
export type ChatConversationRow = typeof chatConversations.$inferSelect

/** A call of a tool that changed something, or waits for confirmation. */
export const chatActions = identitySchema.table('chat_actions', {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  conversation_id: uuid().notNull(),
  turn_id: uuid().notNull(),
  tool: text().notNull(),
  input: json().$type<Record<string, unknown>>().notNull(),
  summary: text().notNull(),
  state: text({ enum: ['pending', 'done', 'cancelled', 'undone'] }).notNull(),
  signature: text(),
  created_at: instantColumn().notNull(),
  expires_at: instantColumn(),
  decided_at: instantColumn(),
  output: json().$type<Record<string, unknown>>(),
  undo: json().$type<{ tool: string; input: Record<string, unknown> }[]>().notNull().default([]),
  undone: json().$type<Record<string, unknown>>(),
})
export type ChatActionRow = typeof chatActions.$inferSelect

/** A deleted conversation whose messages are still to be deleted from the statestore. */
export const chatLeftovers = identitySchema.table('chat_leftovers', {
  conversation_id: uuid().primaryKey(),
  due_at: instantColumn().notNull(),
  is_last: boolean().notNull().default(false),
})

/** Tokens of the language model that a person used or reserved on a day (UTC). */
export const chatTokens = identitySchema.table(
  'chat_tokens',
  { user_id: uuid().notNull(), day: date().notNull(), tokens: bigint({ mode: 'number' }).notNull() },
  ({ user_id, day }) => [primaryKey({ columns: [user_id, day] })],
)
