import type { IncomingHttpHeaders } from 'node:http'
import { refreshTokens, type SessionRow, sessions, users } from '@taskflow/database'
import { type Clock, type Database, type Person, scopesOf, type Tx } from '@taskflow/service-kit'
import { and, desc, eq, gt, inArray, isNull, lt } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { networkOf } from './network-of.ts'
import { hashOf, newSecretToken, refreshTokenPrefix } from './secret-tokens.ts'

/** How long a refresh token is valid: a session that is not refreshed ends by itself. */
const refreshTokenDays = 30
/** A session ends after this, however often it is refreshed. */
const maxSessionDays = 180
/** A person's sessions; the one unused longest ends when another begins. */
const maxSessions = 20
/** A used refresh token that the same client sends again within this was not stolen: its answer was lost. */
const graceSeconds = 30
/** `last_used_at` is kept to this. */
const usedToMinutes = 10

/** A sign-in with the token that refreshes it. */
export interface Session {
  user_id: string
  session_id: string
  refresh_token: string
}

/** Where a request comes from, as people recognise it. */
export type Device = Pick<SessionRow, 'user_agent' | 'network'>

export const deviceOf = ({ headers, address }: { headers: IncomingHttpHeaders; address: string }): Device => ({
  user_agent: headers['user-agent']?.slice(0, 200) ?? null,
  network: networkOf(address),
})

const inDays = (clock: Clock, days: number): string =>
  clock
    .now()
    .add({ hours: 24 * days })
    .toString()

/** Signs a person in: the start of a family of refresh tokens. */
export const beginSession = async (tx: Tx, user_id: string, device: Device): Promise<Session> => {
  const ofUser = tx
    .select({ id: sessions.id })
    .from(sessions)
    .where(eq(sessions.user_id, user_id))
    .orderBy(desc(sessions.last_used_at))
    .offset(maxSessions - 1)
  await tx.delete(sessions).where(inArray(sessions.id, ofUser))
  const [session_id, now, expires_at] = [uuidv7(), tx.clock.now().toString(), inDays(tx.clock, refreshTokenDays)]
  const ends_at = inDays(tx.clock, maxSessionDays)
  const times = { created_at: now, last_used_at: now, authenticated_at: now, expires_at, ends_at }
  await tx.insert(sessions).values({ id: session_id, user_id, ...device, ...times })
  const refresh_token = newSecretToken(refreshTokenPrefix)
  await tx.insert(refreshTokens).values({ hash: hashOf(refresh_token), session_id, expires_at })
  return { user_id, session_id, refresh_token }
}

/**
 * Refreshes a session with its next token. A token that was used before and comes again within 30 s from the same client
 * returns what it returned then: two tabs refreshed at once, or an answer was lost. Later it has been copied, and thief
 * and owner look the same, so the session ends (RFC 9700, section 4.14.2). The session's row is the lock: concurrent
 * requests run one after the other. `following` returns the token after a token, always the same. Undefined: no such
 * token.
 */
export const refreshSession = async (
  tx: Tx,
  refresh_token: string,
  device: Device,
  following: (token: string) => string,
): Promise<{ next: Session } | { ended: string; user_id: string } | undefined> => {
  const [hash, now] = [hashOf(refresh_token), tx.clock.now()]
  const isThis = and(eq(refreshTokens.hash, hash), gt(refreshTokens.expires_at, now.toString()))
  const [session] = await tx
    .select()
    .from(sessions)
    .where(inArray(sessions.id, tx.select({ id: refreshTokens.session_id }).from(refreshTokens).where(isThis)))
    .for('update')
  if (!session) return undefined
  const { id: session_id, user_id, ends_at } = session
  const next = { user_id, session_id, refresh_token: following(refresh_token) }
  const { rowCount: unused } = await tx
    .update(refreshTokens)
    .set({ used_at: now.toString() })
    .where(and(eq(refreshTokens.hash, hash), isNull(refreshTokens.used_at)))
  if (!unused) {
    const [{ used_at } = { used_at: null }] = await tx
      .select({ used_at: refreshTokens.used_at })
      .from(refreshTokens)
      .where(eq(refreshTokens.hash, hash))
    const isLate =
      !used_at || Temporal.Instant.compare(now, Temporal.Instant.from(used_at).add({ seconds: graceSeconds })) > 0
    if (!isLate && session.user_agent === device.user_agent) return { next }
    await tx.delete(sessions).where(eq(sessions.id, session_id))
    return { ended: session_id, user_id }
  }
  const rolling = inDays(tx.clock, refreshTokenDays)
  const expires_at = Temporal.Instant.compare(rolling, ends_at) < 0 ? rolling : ends_at
  const { network } = device
  await tx
    .update(sessions)
    .set({ expires_at, network, last_used_at: now.toString() })
    .where(eq(sessions.id, session_id))
  await tx.insert(refreshTokens).values({ hash: hashOf(next.refresh_token), session_id, expires_at })
  return { next }
}

/** Ends the session of a refresh token, used or not; returns which and whose, undefined when there is none. */
export const endSession = async (
  tx: Tx,
  refresh_token: string,
): Promise<{ session_id: string; user_id: string } | undefined> => {
  const ofToken = tx
    .select({ id: refreshTokens.session_id })
    .from(refreshTokens)
    .where(eq(refreshTokens.hash, hashOf(refresh_token)))
  const [ended] = await tx
    .delete(sessions)
    .where(inArray(sessions.id, ofToken))
    .returning({ session_id: sessions.id, user_id: sessions.user_id })
  return ended
}

/**
 * Who has signed in, with the role of now. Undefined when the session has ended, the account is gone or suspended.
 * Notes the use, to ten minutes.
 */
export const findPerson = async (db: Database, clock: Clock, session_id: string): Promise<Person | undefined> => {
  const now = clock.now()
  const [found] = await db
    .select({ user_id: users.id, role: users.role, last_used_at: sessions.last_used_at })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.user_id))
    .where(and(eq(sessions.id, session_id), gt(sessions.expires_at, now.toString()), isNull(users.suspended_at)))
  if (!found) return undefined
  const { last_used_at, ...person } = found
  const stale = now.subtract({ minutes: usedToMinutes })
  if (Temporal.Instant.compare(last_used_at, stale) < 0) {
    await db
      .update(sessions)
      .set({ last_used_at: now.toString() })
      .where(and(eq(sessions.id, session_id), lt(sessions.last_used_at, stale.toString())))
  }
  return { ...person, scopes: scopesOf(person.role), session_id }
}
