import { pgSchema, text, uuid } from 'drizzle-orm/pg-core'
import { instantColumn } from './instant.ts'

export const identitySchema = pgSchema('identity')

export const users = identitySchema.table('users', {
  id: uuid().primaryKey(),
  email: text().notNull(),
  name: text().notNull(),
  password_hash: text().notNull(),
  role: text({ enum: ['user', 'admin'] })
    .notNull()
    .default('user'),
  time_zone: text().notNull(),
  locale: text().notNull(),
  created_at: instantColumn().notNull(),
})
export type UserRow = typeof users.$inferSelect

/** What notification-service may know of a person. */
export const recipients = identitySchema
  .view('recipients', {
    user_id: uuid().notNull(),
    email: text().notNull(),
    name: text().notNull(),
    time_zone: text().notNull(),
    locale: text().notNull(),
  })
  .existing()
export type Recipient = { user_id: string; email: string; name: string; time_zone: string; locale: string }
