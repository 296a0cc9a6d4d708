import { sessions } from '@taskflow/database'
import { type Clock, type Database, type Person, Problem, type Tx } from '@taskflow/service-kit'
import { and, desc, eq, gt, ne } from 'drizzle-orm'

const { id, user_agent, network, created_at, last_used_at, expires_at, ends_at } = sessions

/** A person's sessions, last used first. */
export const listSessions = (db: Database, clock: Clock, user_id: string) =>
  db
    .select({ id, user_agent, network, created_at, last_used_at, expires_at, ends_at })
    .from(sessions)
    .where(and(eq(sessions.user_id, user_id), gt(sessions.expires_at, clock.now().toString())))
    .orderBy(desc(sessions.last_used_at), desc(sessions.id))

/** Whether a person has a session in a network. */
export const hasSessionIn = async (db: Database | Tx, user_id: string, network: string): Promise<boolean> =>
  (await db.$count(sessions, and(eq(sessions.user_id, user_id), eq(sessions.network, network)))) > 0

/** Ends one session of a person. Problem 404 when it is not theirs or has ended. */
export const endSessionOf = async (tx: Tx, user_id: string, session_id: string): Promise<void> => {
  const { rowCount } = await tx.delete(sessions).where(and(eq(sessions.id, session_id), eq(sessions.user_id, user_id)))
  if (!rowCount) throw new Problem('not-found', 'there is no such session')
}

/** Ends all sessions of a person; returns their ids. */
export const endAllSessions = async (tx: Tx, user_id: string): Promise<string[]> => {
  const ended = await tx.delete(sessions).where(eq(sessions.user_id, user_id)).returning({ id: sessions.id })
  return ended.map((session) => session.id)
}

/** Ends all other sessions of a person; returns their ids. */
export const endOtherSessions = async (tx: Tx, { user_id, session_id }: Person): Promise<string[]> => {
  const ended = await tx
    .delete(sessions)
    .where(and(eq(sessions.user_id, user_id), ne(sessions.id, session_id)))
    .returning({ id: sessions.id })
  return ended.map((session) => session.id)
}

/** How long after a sign-in a person need not prove again who they are. */
const freshMinutes = 15

/** Whether a person signed in within the last 15 minutes. */
export const hasFreshSession = async (db: Database, clock: Clock, session_id: string): Promise<boolean> => {
  const since = clock.now().subtract({ minutes: freshMinutes }).toString()
  const found = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(eq(sessions.id, session_id), gt(sessions.authenticated_at, since)))
  return found.length > 0
}
