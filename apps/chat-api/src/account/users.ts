import { type UserRow, users } from '@taskflow/database'
import { type Changed, userCreated, userUpdated } from '@taskflow/event-contracts'
import { appendEvents, type Database, newEvent, Problem, type Tx } from '@taskflow/service-kit'
import { and, eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'

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
  input: { email: string; name: string; password_hash: string; time_zone: string; locale: string },
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
  await appendEvents(tx, 'tasks', [
    newEvent('user-events', userCreated, {
      key: id,
      subject: id,
      user_id: id,
      payload: { user: { id, time_zone, locale } },
    }),
  ])
  return user
}

export const findUserByEmail = async (db: Database, email: string): Promise<UserRow | undefined> => {
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

/**
 * Whether a password is still the one that was checked; if so, it stays so until the end of the transaction. Without it a
 * login with the old password could outlive the change that was to end it.
 */
export const holdPassword = async (tx: Tx, { id, password_hash }: UserRow): Promise<boolean> => {
  const held = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, id), eq(users.password_hash, password_hash)))
    .for('share')
  return held.length > 0
}

/** Replaces a password; false when it is no longer the one that was checked. */
export const changePassword = async (
  tx: Tx,
  { id, password_hash: checked }: UserRow,
  password_hash: string,
): Promise<boolean> => {
  const { rowCount } = await tx
    .update(users)
    .set({ password_hash })
    .where(and(eq(users.id, id), eq(users.password_hash, checked)))
  return rowCount === 1
}

/** Changes what the patch names. The mesh is told of time zone and locale, which alone it knows. Problem 404. */
export const changeUser = async (
  tx: Tx,
  id: string,
  patch: { name?: string | undefined; time_zone?: string | undefined; locale?: string | undefined },
): Promise<UserRow> => {
  const [before] = await tx.select().from(users).where(eq(users.id, id)).for('update')
  if (!before) throw gone()
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined))
  const after: UserRow = { ...before, ...given }
  await tx
    .update(users)
    .set({ name: after.name, time_zone: after.time_zone, locale: after.locale })
    .where(eq(users.id, id))
  const changed: Changed = {}
  for (const field of ['time_zone', 'locale'] as const) {
    if (before[field] !== after[field]) changed[field] = [before[field], after[field]]
  }
  if (Object.keys(changed).length > 0) {
    const { time_zone, locale } = after
    await appendEvents(tx, 'tasks', [
      newEvent('user-events', userUpdated, {
        key: id,
        subject: id,
        user_id: id,
        payload: { user: { id, time_zone, locale }, changed },
      }),
    ])
  }
  return after
}

/** The time zone that a user's tasks get when they name none. */
export const timeZoneOf = async (db: Database | Tx, user_id: string): Promise<string> => {
  const [user] = await db.select({ time_zone: users.time_zone }).from(users).where(eq(users.id, user_id))
  return user?.time_zone ?? 'UTC'
}
