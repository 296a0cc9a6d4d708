import { type UserRow, users } from '@taskflow/database'
import { userCreated } from '@taskflow/event-contracts'
import { appendEvents, type Database, newEvent, Problem, type Tx } from '@taskflow/service-kit'
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'

/** A person as the API shows them. */
export const publicUser = ({ id, email, name, time_zone, locale }: UserRow) => ({ id, email, name, time_zone, locale })

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

/** The time zone that a user's tasks get when they name none. */
export const timeZoneOf = async (db: Database | Tx, user_id: string): Promise<string> => {
  const [user] = await db.select({ time_zone: users.time_zone }).from(users).where(eq(users.id, user_id))
  return user?.time_zone ?? 'UTC'
}
