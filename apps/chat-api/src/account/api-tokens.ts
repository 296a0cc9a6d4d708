import { type ApiTokenRow, apiTokens, users } from '@taskflow/database'
import { type Clock, type Database, type Principal, Problem, type Scope, type Tx } from '@taskflow/service-kit'
import { and, desc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { apiTokenPrefix, hashOf, newSecretToken } from './secret-tokens.ts'

const maxTokens = 100

/** A token as it is shown: what it is and what it may do, never the token. */
export type ShownApiToken = Omit<ApiTokenRow, 'hash' | 'user_id'>

const { id, name, scopes, created_at, expires_at, last_used_at } = apiTokens
const shown = { id, name, scopes, created_at, expires_at, last_used_at }

/** Makes a token. It is returned once; only its hash is stored. Problem 409 when the person has 100. */
export const createApiToken = async (
  tx: Tx,
  user_id: string,
  wished: { name: string; scopes: Scope[]; expires_at: string | null },
): Promise<ShownApiToken & { token: string }> => {
  if ((await tx.$count(apiTokens, eq(apiTokens.user_id, user_id))) >= maxTokens) {
    throw new Problem('conflict', `you have ${maxTokens} API tokens; delete one that is no longer used`)
  }
  const token = newSecretToken(apiTokenPrefix)
  const row = { ...wished, id: uuidv7(), created_at: tx.clock.now().toString(), last_used_at: null }
  await tx.insert(apiTokens).values({ ...row, user_id, hash: hashOf(token) })
  return { ...row, token }
}

/** A person's tokens, newest first; those that have expired too. */
export const listApiTokens = (db: Database, user_id: string): Promise<ShownApiToken[]> =>
  db.select(shown).from(apiTokens).where(eq(apiTokens.user_id, user_id)).orderBy(desc(apiTokens.id))

/** Revokes a token; returns its hash and name. Problem 404 unless it is this person's. */
export const deleteApiToken = async (tx: Tx, user_id: string, id: string): Promise<{ hash: string; name: string }> => {
  const [gone] = await tx
    .delete(apiTokens)
    .where(and(eq(apiTokens.id, id), eq(apiTokens.user_id, user_id)))
    .returning({ hash: apiTokens.hash, name: apiTokens.name })
  if (!gone) throw new Problem('not-found', 'there is no such API token')
  return gone
}

/**
 * Whom a token acts for, until when; undefined when it does not exist, has expired or its account is suspended. Notes its
 * use, by the minute.
 */
export const findTokenHolder = async (
  db: Database,
  clock: Clock,
  hash: string,
): Promise<{ holder: Principal; expires_at: string | null } | undefined> => {
  const now = clock.now()
  const [found] = await db
    .select({ ...shown, user_id: users.id, role: users.role })
    .from(apiTokens)
    .innerJoin(users, eq(users.id, apiTokens.user_id))
    .where(
      and(
        eq(apiTokens.hash, hash),
        isNull(users.suspended_at),
        or(isNull(apiTokens.expires_at), gt(apiTokens.expires_at, now.toString())),
      ),
    )
  if (!found) return undefined
  const minute = now.round({ smallestUnit: 'minute', roundingMode: 'floor' }).toString()
  if (found.last_used_at !== minute) {
    await db
      .update(apiTokens)
      .set({ last_used_at: minute })
      .where(and(eq(apiTokens.id, found.id), sql`${apiTokens.last_used_at} IS DISTINCT FROM ${minute}`))
  }
  const { user_id, role, scopes, expires_at } = found
  return { holder: { user_id, role, scopes }, expires_at }
}
