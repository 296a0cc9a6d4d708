import { sessions, type UserRow, users } from '@taskflow/database'
import { userDeleted } from '@taskflow/event-contracts'
import { forgetUser, type Tx } from '@taskflow/service-kit'
import { and, eq } from 'drizzle-orm'
import { clearAttemptsOf } from './attempts.ts'
import { loginSubjects } from './password-check.ts'
import { appendUserEvent } from './user-events.ts'
import { hasPassword } from './users.ts'

/** Deletes what the other features of this service hold of a person. */
export type Forget = (tx: Tx, user_id: string) => Promise<void>

/**
 * Deletes an account with all that chat-api holds of the person, and publishes that, so that the other services do the
 * same. The id stays as a tombstone: late events of that person are dropped. Returns the sessions that ended; undefined
 * when the password is no longer the one that was checked.
 */
export const deleteAccount = async (tx: Tx, user: UserRow, forget: Forget): Promise<string[] | undefined> => {
  const { id } = user
  const [held] = await tx
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.id, id), hasPassword(user.password_hash)))
    .for('update')
  if (!held) return undefined
  const ended = await tx.delete(sessions).where(eq(sessions.user_id, id)).returning({ id: sessions.id })
  // With it go links to accounts elsewhere, webhook, API tokens and idempotency keys, by their foreign keys.
  await tx.delete(users).where(eq(users.id, id))
  await forget(tx, id)
  await clearAttemptsOf(tx, [...loginSubjects(user.email), `codes at ${id}`, `codes of ${id}`, `requests ${id}`])
  await forgetUser(tx.$client, 'tasks', id)
  await appendUserEvent(tx, userDeleted, id, {})
  return ended.map((session) => session.id)
}
