import type { AccountMailContent, PreferencesPatch } from '@taskflow/event-contracts'
import type { Scope } from '@taskflow/service-kit'
import { bigint, boolean, integer, jsonb, pgSchema, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { instantColumn } from './instant.ts'

export const identitySchema = pgSchema('identity')

export const users = identitySchema.table('users', {
  id: uuid().primaryKey(),
  email: text().notNull(),
  name: text().notNull(),
  /** null: the person signs in with an account of an OpenID provider or a passkey. */
  password_hash: text(),
  role: text({ enum: ['user', 'admin'] })
    .notNull()
    .default('user'),
  time_zone: text().notNull(),
  locale: text().notNull(),
  created_at: instantColumn().notNull(),
  preferences: jsonb().$type<PreferencesPatch>().notNull().default({}),
  suspended_at: instantColumn(),
  email_confirmed_at: instantColumn(),
  address_hash: text(),
  /** Open tasks due on a day are still to move to a new time zone or reminder time. */
  days_to_move: boolean().notNull().default(false),
})
export type UserRow = typeof users.$inferSelect

/** A session of a signed-in person. */
export const sessions = identitySchema.table('sessions', {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  created_at: instantColumn().notNull(),
  expires_at: instantColumn().notNull(),
  user_agent: text(),
  network: text(),
  last_used_at: instantColumn().notNull(),
  authenticated_at: instantColumn().notNull(),
  ends_at: instantColumn().notNull(),
})
export type SessionRow = typeof sessions.$inferSelect

/** Tokens that renew a session: each can be used once. */
export const refreshTokens = identitySchema.table('refresh_tokens', {
  hash: text().primaryKey(),
  session_id: uuid().notNull(),
  expires_at: instantColumn().notNull(),
  used_at: instantColumn(),
})

/** Authenticator apps, asked for at sign-in once confirmed. */
export const secondFactors = identitySchema.table('second_factors', {
  user_id: uuid().primaryKey(),
  secret: text().notNull(),
  created_at: instantColumn().notNull(),
  confirmed_at: instantColumn(),
  last_step: bigint({ mode: 'number' }).notNull().default(0),
})

/** Codes that work once instead of the authenticator app. */
export const recoveryCodes = identitySchema.table(
  'recovery_codes',
  { user_id: uuid().notNull(), hash: text().notNull() },
  ({ user_id, hash }) => [primaryKey({ columns: [user_id, hash] })],
)

/** WebAuthn credentials that sign a person in. */
export const passkeys = identitySchema.table('passkeys', {
  id: text().primaryKey(),
  user_id: uuid().notNull(),
  name: text().notNull(),
  public_key: text().notNull(),
  counter: bigint({ mode: 'number' }).notNull(),
  transports: text().array().notNull(),
  created_at: instantColumn().notNull(),
  last_used_at: instantColumn(),
})

/** What authenticators are to sign. */
export const passkeyChallenges = identitySchema.table('passkey_challenges', {
  challenge: text().primaryKey(),
  user_id: uuid(),
  expires_at: instantColumn().notNull(),
})

/** Accounts of OpenID providers that sign a person in. */
export const openidLinks = identitySchema.table('openid_links', {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  issuer: text().notNull(),
  subject: text().notNull(),
  email: text(),
  created_at: instantColumn().notNull(),
  last_used_at: instantColumn(),
})
export type OpenidLinkRow = typeof openidLinks.$inferSelect

/** Sign-ins on their way through a provider, or with a `link_id` waiting for a second factor. */
export const openidStates = identitySchema.table('openid_states', {
  hash: text().primaryKey(),
  browser_hash: text().notNull(),
  provider: text().notNull(),
  user_id: uuid(),
  link_id: uuid(),
  expires_at: instantColumn().notNull(),
})

/** Tokens that people give to programs, with no more rights than they need. */
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

/** An app as a person saw it when allowing it. */
export interface AppSeen {
  name: string
  /** Where it is sent back to: a host, or the scheme of a program on the person's machine. */
  host: string
}

/**
 * What the authorization server keeps, by the name of its model in oidc-provider. Ids are stored as hashes. Its times
 * are those of the machine.
 */
export const oauthState = identitySchema.table(
  'oauth_state',
  {
    model: text().notNull(),
    id: text().notNull(),
    user_id: uuid(),
    grant_id: text(),
    payload: jsonb().$type<Record<string, unknown>>().notNull(),
    about: jsonb().$type<AppSeen>(),
    created_at: instantColumn().notNull(),
    expires_at: instantColumn().notNull(),
    consumed_at: instantColumn(),
  },
  ({ model, id }) => [primaryKey({ columns: [model, id] })],
)

/** Counters against a limit, such as failed logins of an account. */
export const attempts = identitySchema.table('attempts', {
  subject: text().primaryKey(),
  count: integer().notNull(),
  resets_at: instantColumn().notNull(),
})

/** Where a person's notifications are posted, besides e-mail. */
export const webhooks = identitySchema.table('webhooks', {
  user_id: uuid().primaryKey(),
  url: text().notNull(),
  secret: text().notNull(),
  created_at: instantColumn().notNull(),
  verified_at: instantColumn(),
})

/** The secret URL under which a calendar program reads a person's due dates. */
export const calendarFeeds = identitySchema.table('calendar_feeds', {
  user_id: uuid().primaryKey(),
  hash: text().notNull(),
  created_at: instantColumn().notNull(),
})

/** Tokens in account mails: each can be used once, which deletes it. */
export const mailTokens = identitySchema.table('mail_tokens', {
  hash: text().primaryKey(),
  user_id: uuid().notNull(),
  purpose: text({ enum: ['confirm', 'reset', 'change'] }).notNull(),
  address: text().notNull(),
  created_at: instantColumn().notNull(),
  expires_at: instantColumn().notNull(),
})
export type MailTokenRow = typeof mailTokens.$inferSelect

/** Addresses for which a new password was asked for, with or without an account. */
export const resetRequests = identitySchema.table('reset_requests', {
  id: uuid().primaryKey(),
  address: text().notNull(),
  origin: jsonb().notNull(),
  expires_at: instantColumn().notNull(),
})

/** Mails about an account that chat-api owes and notification-service sends. */
export const accountMails = identitySchema.table('account_mails', {
  id: uuid().primaryKey(),
  user_id: uuid().notNull(),
  address: text().notNull(),
  locale: text().notNull(),
  time_zone: text().notNull(),
  content: jsonb().$type<AccountMailContent>().notNull(),
  sealed_token: text(),
  can_refuse: boolean().notNull(),
  created_at: instantColumn().notNull(),
  expires_at: instantColumn().notNull(),
  next_attempt_at: instantColumn().notNull(),
  attempts: integer().notNull().default(0),
  copies: integer().notNull().default(0),
  claimed_until: instantColumn(),
})
export type AccountMailRow = typeof accountMails.$inferSelect

/** Addresses, as keyed hashes, whose owner wants no mail. */
export const suppressedAddresses = identitySchema.table('suppressed_addresses', {
  hash: text().primaryKey(),
  created_at: instantColumn().notNull(),
})

/** What notification-service may read about a person. */
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
    is_confirmed: boolean().notNull(),
    is_suppressed: boolean().notNull(),
    is_webhook_verified: boolean().notNull(),
  })
  .existing()
export interface Recipient {
  user_id: string
  email: string
  name: string
  time_zone: string
  locale: string
  preferences: PreferencesPatch
  webhook_url: string | null
  webhook_secret: string | null
  is_confirmed: boolean
  is_suppressed: boolean
  is_webhook_verified: boolean
}
