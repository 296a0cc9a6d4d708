import { calendarFeeds, tasks, users } from '@taskflow/database'
import type { Database, Tx } from '@taskflow/service-kit'
import { and, count, eq, isNotNull, isNull, max, or, sql } from 'drizzle-orm'
import { calendarTokenPrefix, hashOf, newSecretToken } from '../account/secret-tokens.ts'

/**
 * Gives a person's due dates a new address and returns its token, once. The one before stops working; `isFirst`: there
 * was none.
 */
export const replaceFeed = async (
  tx: Tx,
  user_id: string,
): Promise<{ token: string; created_at: string; isFirst: boolean }> => {
  const token = newSecretToken(calendarTokenPrefix)
  const row = { hash: hashOf(token), created_at: tx.clock.now().toString() }
  const [stored] = await tx
    .insert(calendarFeeds)
    .values({ user_id, ...row })
    .onConflictDoUpdate({ target: calendarFeeds.user_id, set: row })
    // A row that no transaction has changed yet was just inserted.
    .returning({ isFirst: sql<boolean>`${calendarFeeds}.xmax = 0` })
  return { token, created_at: row.created_at, isFirst: stored!.isFirst }
}

/** When a person's address was made; undefined when there is none. */
export const findFeed = async (db: Database, user_id: string): Promise<{ created_at: string } | undefined> => {
  const { created_at } = calendarFeeds
  const [row] = await db.select({ created_at }).from(calendarFeeds).where(eq(calendarFeeds.user_id, user_id))
  return row
}

/** Whether there was one. */
export const deleteFeed = async (tx: Tx, user_id: string): Promise<boolean> => {
  const { rowCount } = await tx.delete(calendarFeeds).where(eq(calendarFeeds.user_id, user_id))
  return rowCount === 1
}

/** Whose due dates a token shows; undefined when it shows none. */
export const ownerOfFeed = async (db: Database, token: string): Promise<string | undefined> => {
  const { user_id, hash } = calendarFeeds
  const [row] = await db
    .select({ user_id })
    .from(calendarFeeds)
    .innerJoin(users, eq(users.id, user_id))
    .where(and(eq(hash, hashOf(token)), isNull(users.suspended_at)))
  return row?.user_id
}

/** Changes whenever an open task with a due date does, comes or goes. */
export const feedVersion = async (db: Database, user_id: string): Promise<string> => {
  const isShown = and(
    eq(tasks.user_id, user_id),
    isNull(tasks.deleted_at),
    eq(tasks.is_completed, false),
    or(isNotNull(tasks.due_date), isNotNull(tasks.due_on)),
  )
  const [found] = await db
    .select({ open: count(), last: max(tasks.updated_at) })
    .from(tasks)
    .where(isShown)
  return `${found!.open}-${found!.last ? Temporal.Instant.from(found!.last).epochMilliseconds : 0}`
}
