import { oauthState } from '@taskflow/database'
import type { Database, Transaction } from '@taskflow/service-kit'
import { and, desc, eq, gt, inArray, isNotNull, isNull, lt, or, sql } from 'drizzle-orm'
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import { hashOf } from '../account/secret-tokens.ts'
import { endGrant } from './end-grant.ts'
import { graceSeconds, grantSeconds, unusedClientSeconds, unusedGrantSeconds } from './lifetimes.ts'

/** Used refresh tokens of a grant that are remembered: an app that refreshes in a loop must not fill the table. */
const usedTokensKept = 100

/**
 * Where oidc-provider keeps the things of a model. The id of a code or refresh token is the secret itself, so rows are
 * found by its hash, and `jti`, where the payload repeats it, is left out. oidc-provider reads the clock of the machine.
 */
export const createStateAdapter =
  ({ db, transaction }: { db: Database; transaction: Transaction }) =>
  (model: string): Adapter => {
    if (model === 'Session') return noSessions
    const adapter = adapterOf(db, model)
    return model === 'Grant' ? { ...adapter, destroy: (id) => endGrant(transaction, id) } : adapter
  }

const adapterOf = (db: Database, model: string): Adapter => {
  const row = (id: string) => and(eq(oauthState.model, model), eq(oauthState.id, hashOf(id)))
  const find = async (id: string): Promise<AdapterPayload | undefined> => {
    const [found] = await db
      .select()
      .from(oauthState)
      .where(and(row(id), gt(oauthState.expires_at, at(0))))
    if (!found) return undefined
    const { consumed_at, payload } = found
    const isUsed = consumed_at !== null && Date.parse(consumed_at) + graceOf(model) * 1_000 <= Date.now()
    return { ...payload, ...(model === 'Client' ? {} : { jti: id }), ...(isUsed ? { consumed: true } : {}) }
  }
  return {
    find,
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: async (id, { jti: _, ...payload }, expiresIn) => {
      const kept = {
        user_id: payload.accountId ?? payload.result?.login?.accountId ?? null,
        grant_id: payload.grantId ? hashOf(payload.grantId) : null,
        payload: payload as Record<string, unknown>,
        expires_at: at(lifetimeOf(model, expiresIn)),
      }
      await db
        .insert(oauthState)
        .values({ model, id: hashOf(id), created_at: at(0), ...kept })
        .onConflictDoUpdate({ target: [oauthState.model, oauthState.id], set: kept })
      if (model === 'RefreshToken' && kept.grant_id) await prolong(db, kept.grant_id, kept.expires_at)
    },
    consume: async (id) => {
      const isInGrace = graceOf(model) > 0 ? gt(oauthState.consumed_at, at(-graceOf(model))) : undefined
      const { rowCount } = await db
        .update(oauthState)
        .set({ consumed_at: sql`coalesce(${oauthState.consumed_at}, ${at(0)})` })
        .where(and(row(id), or(isNull(oauthState.consumed_at), isInGrace)))
      // Of several requests at once, one is first; the others were found unused as well.
      if (rowCount === 0) throw new errors.InvalidGrant('already used')
    },
    destroy: async (id) => {
      await db.delete(oauthState).where(row(id))
    },
    revokeByGrantId: async (grantId) => {
      await db.delete(oauthState).where(and(eq(oauthState.model, model), eq(oauthState.grant_id, hashOf(grantId))))
    },
  }
}

/** Who signs in is known by the session of the page: there is no second one here that could outlive it. */
const noSessions: Adapter = {
  find: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  upsert: async () => {},
  consume: async () => {},
  destroy: async () => {},
  revokeByGrantId: async () => {},
}

/** Programs that share a refresh token refresh at the same moment, and an answer may be lost. A code has no grace. */
const graceOf = (model: string): number => (model === 'RefreshToken' ? graceSeconds : 0)

/** A client without a grant, and a grant whose code nobody exchanges, go soon. */
const lifetimeOf = (model: string, expiresIn: number | undefined): number =>
  model === 'Grant' ? unusedGrantSeconds : (expiresIn ?? unusedClientSeconds)

/** Keeps a grant, and the client that has it, as long as its newest refresh token. */
const prolong = async (db: Database, grant_id: string, expires_at: string): Promise<void> => {
  const [grant] = await db
    .update(oauthState)
    .set({ expires_at })
    .where(and(eq(oauthState.model, 'Grant'), eq(oauthState.id, grant_id)))
    .returning({ payload: oauthState.payload })
  if (!grant) return
  await db
    .update(oauthState)
    .set({ expires_at: at(grantSeconds) })
    .where(
      and(
        eq(oauthState.model, 'Client'),
        eq(oauthState.id, hashOf(String(grant.payload.clientId))),
        // Once a day is enough.
        lt(oauthState.expires_at, at(grantSeconds - 86_400)),
      ),
    )
  const ofGrant = and(eq(oauthState.model, 'RefreshToken'), eq(oauthState.grant_id, grant_id))
  const outlived = db
    .select({ id: oauthState.id })
    .from(oauthState)
    .where(and(ofGrant, isNotNull(oauthState.consumed_at)))
    .orderBy(desc(oauthState.created_at))
    .offset(usedTokensKept)
  await db.delete(oauthState).where(and(ofGrant, inArray(oauthState.id, outlived)))
}

/** The instant that many seconds from now. */
const at = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString()
