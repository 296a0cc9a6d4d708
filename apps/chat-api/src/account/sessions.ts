import { refreshTokens, sessions, users } from '@taskflow/database'
import { type Clock, type Database, type Person, scopesOf, type Tx } from '@taskflow/service-kit'
import { and, eq, gt, inArray, isNull, ne } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { hashOf, newSecretToken, refreshTokenPrefix } from './secret-tokens.ts'

/** How long a refresh token is valid: a session that is not refreshed ends by itself. */
const refreshTokenDays = 30

/** A sign-in with the token that refreshes it. */
export interface Session {
  user_id: string
  session_id: string
  refresh_token: string
}

const expiry = (clock: Clock): string =>
  clock
    .now()
    .add({ hours: 24 * refreshTokenDays })
    .toString()

const addRefreshToken = async (tx: Tx, session_id: string, expires_at: string): Promise<string> => {
  const token = newSecretToken(refreshTokenPrefix)
  await tx.insert(refreshTokens).values({ hash: hashOf(token), session_id, expires_at })
  return token
}

/** Signs a person in: the start of a family of refresh tokens. */
export const beginSession = async (tx: Tx, user_id: string): Promise<Session> => {
  const [session_id, expires_at] = [uuidv7(), expiry(tx.clock)]
  await tx.insert(sessions).values({ id: session_id, user_id, created_at: tx.clock.now().toString(), expires_at })
  return { user_id, session_id, refresh_token: await addRefreshToken(tx, session_id, expires_at) }
}

/**
 * Refreshes a session with its next token. A reused token has been copied, and thief and owner look the same, so the
 * session ends (RFC 9700, section 4.14.2). The session's row is the lock: concurrent requests run one after the other.
 * Undefined: no such token.
 */
export const refreshSession = async (
  tx: Tx,
  refresh_token: string,
): Promise<{ next: Session } | { ended: string } | undefined> => {
  const [hash, now] = [hashOf(refresh_token), tx.clock.now().toString()]
  const ofToken = tx
    .select({ id: refreshTokens.session_id })
    .from(refreshTokens)
    .where(and(eq(refreshTokens.hash, hash), gt(refreshTokens.expires_at, now)))
  const [session] = await tx
    .select({ id: sessions.id, user_id: sessions.user_id })
    .from(sessions)
    .where(inArray(sessions.id, ofToken))
    .for('update')
  if (!session) return undefined
  const { rowCount: unused } = await tx
    .update(refreshTokens)
    .set({ used_at: now })
    .where(and(eq(refreshTokens.hash, hash), isNull(refreshTokens.used_at)))
  if (!unused) {
    await tx.delete(sessions).where(eq(sessions.id, session.id))
    return { ended: session.id }
  }
  const expires_at = expiry(tx.clock)
  await tx.update(sessions).set({ expires_at }).where(eq(sessions.id, session.id))
  return {
    next: {
      user_id: session.user_id,
      session_id: session.id,
      refresh_token: await addRefreshToken(tx, session.id, expires_at),
    },
  }
}

/** Ends the session of a refresh token, used or not; returns its id, undefined when there is none. */
export const endSession = async (db: Database, refresh_token: string): Promise<string | undefined> => {
  const [token] = await db
    .select({ session_id: refreshTokens.session_id })
    .from(refreshTokens)
    .where(eq(refreshTokens.hash, hashOf(refresh_token)))
  if (!token) return undefined
  await db.delete(sessions).where(eq(sessions.id, token.session_id))
  return token.session_id
}

/** Ends all other sessions of a person; returns their ids. */
export const endOtherSessions = async (tx: Tx, { user_id, session_id }: Person): Promise<string[]> => {
  const ended = await tx
    .delete(sessions)
    .where(and(eq(sessions.user_id, user_id), ne(sessions.id, session_id)))
    .returning({ id: sessions.id })
  return ended.map(({ id }) => id)
}

/** Who has signed in, with the role of now. Undefined when the session has ended or the account is gone. */
export const findPerson = async (db: Database, clock: Clock, session_id: string): Promise<Person | undefined> => {
  const [found] = await db
    .select({ user_id: users.id, role: users.role })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.user_id))
    .where(and(eq(sessions.id, session_id), gt(sessions.expires_at, clock.now().toString())))
  return found && { ...found, scopes: scopesOf(found.role), session_id }
}
