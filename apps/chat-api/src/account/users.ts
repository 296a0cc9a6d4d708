import { isDeepStrictEqual } from 'node:util'
import { type UserRow, users } from '@taskflow/database'
import { type Changed, preferencesOf, userCreated, userUpdated } from '@taskflow/event-contracts'
import { type Database, Problem, type Tx } from '@taskflow/service-kit'
import type { Owner } from '@taskflow/tasks'
import { and, eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { endMailTokens } from './mail/mail-tokens.ts'
import { appendUserEvent } from './user-events.ts'

/** A person as the API shows them. */
export const publicUser = ({ id, email, name, role, time_zone, locale, created_at }: UserRow) => ({
  id,
  email,
  name,
  role,
  time_zone,
  locale,
  created_at,
})

/** Creates an account. Problem 409 when the address has one. */
export const createUser = async (
  tx: Tx,
  input: Pick<
    UserRow,
    'email' | 'name' | 'password_hash' | 'time_zone' | 'locale' | 'email_confirmed_at' | 'address_hash'
  >,
): Promise<UserRow> => {
  const [user] = await tx
    .insert(users)
    .values({ ...input, id: uuidv7(), created_at: tx.clock.now().toString() })
    .onConflictDoNothing()
    .returning()
  if (!user) {
    throw new Problem('conflict', 'this e-mail address has an account already; log in instead', {
      errors: [{ path: 'email', message: 'has an account already' }],
    })
  }
  const { id, time_zone, locale } = user
  await appendUserEvent(tx, userCreated, id, { user: { id, time_zone, locale } })
  return user
}

export const findUserByEmail = async (db: Database | Tx, email: string): Promise<UserRow | undefined> => {
  const [user] = await db
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()))
  return user
}

const gone = () => new Problem('not-found', 'there is no such account')

/** Problem 404 when the account is gone. */
export const findUser = async (db: Database | Tx, id: string): Promise<UserRow> => {
  const [user] = await db.select().from(users).where(eq(users.id, id))
  if (!user) throw gone()
  return user
}

/** Whose password, or that they have none, is as it was read. */
export const hasPassword = (password_hash: string | null) =>
  sql`${users.password_hash} IS NOT DISTINCT FROM ${password_hash}`

/**
 * Whether a password is still the one that was checked; if so, it stays so until the end of the transaction. Without it
 * a login with the old password could outlive the change that was to end it.
 */
export const holdPassword = async (tx: Tx, { id, password_hash }: UserRow): Promise<boolean> => {
  const held = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, id), hasPassword(password_hash)))
    .for('share')
  return held.length > 0
}

/** Replaces a password, and ends the links that would reset it; false when it is no longer the one that was checked. */
export const changePassword = async (
  tx: Tx,
  { id, password_hash: checked }: UserRow,
  password_hash: string,
): Promise<boolean> => {
  const { rowCount } = await tx
    .update(users)
    .set({ password_hash })
    .where(and(eq(users.id, id), hasPassword(checked)))
  if (rowCount === 1) await endMailTokens(tx, id, ['reset', 'change'])
  return rowCount === 1
}

/** What other services know of a user. */
const knownElsewhere = ({ time_zone, locale, preferences }: UserRow) => ({
  time_zone,
  locale,
  preferences: preferencesOf(preferences),
})

/** What people may change of their own account. */
export type UserChange = Partial<Pick<UserRow, 'name' | 'time_zone' | 'locale' | 'preferences'>>

/**
 * Changes an account, locked, and publishes what of it other services know. A change to the same writes and publishes
 * nothing. Problem 404.
 */
export const changeUser = async (tx: Tx, id: string, change: (before: UserRow) => UserChange): Promise<UserRow> => {
  const [before] = await tx.select().from(users).where(eq(users.id, id)).for('update')
  if (!before) throw gone()
  const after: UserRow = { ...before, ...change(before) }
  const [known, wanted] = [knownElsewhere(before), knownElsewhere(after)]
  const changed: Changed = {}
  for (const field of ['time_zone', 'locale', 'preferences'] as const) {
    if (!isDeepStrictEqual(known[field], wanted[field])) changed[field] = [known[field], wanted[field]]
  }
  const isPublished = Object.keys(changed).length > 0
  if (!isPublished && before.name === after.name) return before
  const { name, time_zone, locale, preferences } = after
  const movesDays =
    known.time_zone !== wanted.time_zone || known.preferences.reminder_time !== wanted.preferences.reminder_time
  const days_to_move = before.days_to_move || movesDays
  await tx.update(users).set({ name, time_zone, locale, preferences, days_to_move }).where(eq(users.id, id))
  if (isPublished) await appendUserEvent(tx, userUpdated, id, { user: { id, time_zone, locale }, changed })
  return after
}

/** What a user's new tasks get by default. */
export const ownerOf = async (db: Database | Tx, user_id: string): Promise<Owner> => {
  const { time_zone, preferences } = users
  const [user] = await db.select({ time_zone, preferences }).from(users).where(eq(users.id, user_id))
  const { reminder_time } = preferencesOf(user?.preferences ?? {})
  return { user_id, time_zone: user?.time_zone ?? 'UTC', reminder_time }
}

/** The time zone of a user's tasks by default. */
export const timeZoneOf = async (db: Database | Tx, user_id: string): Promise<string> =>
  (await ownerOf(db, user_id)).time_zone
