import { oauthState, users } from '@taskflow/database'
import { type Clock, type Database, type Principal, scopesOf } from '@taskflow/service-kit'
import { and, eq, gt, isNull } from 'drizzle-orm'
import { importJWK, jwtVerify } from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'
import type { AppTokens } from '../account/authentication.ts'
import { remember } from '../account/remember.ts'
import { hashOf } from '../account/secret-tokens.ts'
import { toolScopes } from './app-scopes.ts'
import { deriveKeys } from './keys.ts'

const payloadOfOurs = z.object({ sub: z.uuid(), gid: z.string(), exp: z.number(), scope: z.string().default('') })
type Claims = z.infer<typeof payloadOfOurs>

/**
 * Reads access tokens of apps: JWTs (RFC 9068) for one resource, valid only while the grant is there and its person may
 * sign in. A replica reads that every 10 s.
 */
export const createAppTokens = (options: { db: Database; clock: Clock; issuer: string; secret: string }): AppTokens => {
  const { db, clock, issuer } = options
  const { d: _, ...publicKey } = deriveKeys(options.secret).signing
  const grants = remember(clock, (id) => findGrant(db, clock, id))
  /** Tokens that were found valid, so that a signature is checked once. */
  const known = new LRUCache<string, Claims>({ max: 10_000 })

  const read = async (token: string, audience: string): Promise<Claims | undefined> => {
    const now = clock.now().epochMilliseconds
    const key = `${audience} ${token}`
    const valid = known.get(key)
    if (valid && now < valid.exp * 1_000) return valid
    try {
      const { payload } = await jwtVerify(token, await importJWK({ ...publicKey }), {
        algorithms: ['ES256'],
        typ: 'at+jwt',
        issuer,
        audience,
        currentDate: new Date(now),
      })
      const claims = payloadOfOurs.parse(payload)
      known.set(key, claims)
      return claims
    } catch {
      return undefined
    }
  }
  return {
    find: async (token, resource) => {
      const claims = await read(token, resource)
      const grant_id = claims && hashOf(claims.gid)
      const grant = grant_id && (await grants.find(grant_id))
      if (!grant || grant.user_id !== claims.sub) return undefined
      const allowed = claims.scope.split(' ')
      const ofRole = scopesOf(grant.role)
      const scopes = toolScopes.filter((scope) => allowed.includes(scope) && ofRole.includes(scope))
      return { ...grant, scopes, grant_id }
    },
    forget: grants.forget,
  }
}

/**
 * For whom a grant lets an app act. Undefined when it was taken back, has expired, or the account is gone or suspended.
 */
const findGrant = async (
  db: Database,
  clock: Clock,
  id: string,
): Promise<Pick<Principal, 'user_id' | 'role'> | undefined> => {
  const [found] = await db
    .select({ user_id: users.id, role: users.role })
    .from(oauthState)
    .innerJoin(users, eq(users.id, oauthState.user_id))
    .where(
      and(
        eq(oauthState.model, 'Grant'),
        eq(oauthState.id, id),
        gt(oauthState.expires_at, clock.now().toString()),
        isNull(users.suspended_at),
      ),
    )
  return found
}
