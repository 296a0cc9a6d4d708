import type { Scope } from '@taskflow/service-kit'
import { integer, jsonb, pgSchema, text, uuid } from 'drizzle-orm/pg-core'
import { z } from 'zod'
import { instantColumn } from './instant.ts'

export const identitySchema = pgSchema('identity')

/** A time of the day on the person's own clock. */
const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day, like 07:30')

/** How a person wants to be notified, all of it. */
export const preferences = z.strictObject({
  channels: z.strictObject({ email: z.boolean(), webhook: z.boolean() }),
  quiet_hours: z
    .strictObject({ start: localTime, end: localTime })
    .refine(({ start, end }) => start !== end, { path: ['end'], message: 'must differ from start' })
    .nullable()
    .meta({ description: 'local times between which nothing is sent; what is due then waits until they end' }),
  daily_digest: localTime
    .nullable()
    .meta({ description: 'one mail a day at this local time instead of one a reminder' }),
  default_lead_time: z.string().nullable().meta({
    description: 'ISO 8601 duration: how long before its due date a task reminds that says nothing of reminders',
  }),
})
export type Preferences = z.infer<typeof preferences>

/** A change of preferences: only what is given changes. The column holds the same: a default may change later. */
export const preferencesPatch = preferences
  .partial()
  .extend({ channels: preferences.shape.channels.partial().optional() })
export type PreferencesPatch = z.infer<typeof preferencesPatch>

/** The preferences that hold: what was chosen over the defaults. */
export const preferencesOf = (chosen: PreferencesPatch): Preferences => ({
  channels: { email: chosen.channels?.email ?? true, webhook: chosen.channels?.webhook ?? true },
  quiet_hours: chosen.quiet_hours ?? null,
  daily_digest: chosen.daily_digest ?? null,
  default_lead_time: chosen.default_lead_time ?? null,
})

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
  preferences: jsonb().$type<PreferencesPatch>().notNull().default({}),
})
export type UserRow = typeof users.$inferSelect

/** A sign-in of a person, until it ends. */
export const sessions = identitySchema.table('sessions', {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  created_at: instantColumn().notNull(),
  expires_at: instantColumn().notNull(),
})

/** What a session is carried on with: each token once. */
export const refreshTokens = identitySchema.table('refresh_tokens', {
  hash: text().primaryKey(),
  session_id: uuid().notNull(),
  expires_at: instantColumn().notNull(),
  used_at: instantColumn(),
})

/** What a person gives to a program, with no more rights than it needs. */
export const apiTokens = identitySchema.table('api_tokens', {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  name: text().notNull(),
  scopes: text().array().$type<Scope[]>().notNull(),
  hash: text().notNull(),
  created_at: instantColumn().notNull(),
  expires_at: instantColumn(),
  last_used_at: instantColumn(),
})
export type ApiTokenRow = typeof apiTokens.$inferSelect

/** What is counted against a limit, such as failed logins of an account. */
export const attempts = identitySchema.table('attempts', {
  subject: text().primaryKey(),
  count: integer().notNull(),
  resets_at: instantColumn().notNull(),
})

/** Where a person's notifications are posted to, besides e-mail. */
export const webhooks = identitySchema.table('webhooks', {
  user_id: uuid().primaryKey(),
  url: text().notNull(),
  secret: text().notNull(),
  created_at: instantColumn().notNull(),
})

/** The address under which a calendar program reads a person's due dates. */
export const calendarFeeds = identitySchema.table('calendar_feeds', {
  user_id: uuid().primaryKey(),
  hash: text().notNull(),
  created_at: instantColumn().notNull(),
})

/** What notification-service may know of a person. */
export const recipients = identitySchema
  .view('recipients', {
    user_id: uuid().notNull(),
    email: text().notNull(),
    name: text().notNull(),
    time_zone: text().notNull(),
    locale: text().notNull(),
    preferences: jsonb().$type<PreferencesPatch>().notNull(),
    webhook_url: text(),
    webhook_secret: text(),
  })
  .existing()
export type Recipient = {
  user_id: string
  email: string
  name: string
  time_zone: string
  locale: string
  preferences: PreferencesPatch
  webhook_url: string | null
  webhook_secret: string | null
}
