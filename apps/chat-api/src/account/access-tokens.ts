import type { Clock } from '@taskflow/service-kit'
import { jwtVerify, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'

/** How long an access token is valid. */
export const accessTokenSeconds = 3_600

/** Whom an access token is for, and of which sign-in. What that person may do is not in it: it may change. */
interface AccessClaims {
  user_id: string
  session_id: string
}

/** Makes and reads access tokens: JWTs (HS256), valid for 60 minutes. */
export interface AccessTokens {
  issue(claims: AccessClaims): Promise<string>
  /** Undefined for one that is not ours, was tampered with or has expired. */
  read(token: string): Promise<AccessClaims | undefined>
}

const audience = 'taskflow'
const payloadOfOurs = z.object({ sub: z.uuid(), sid: z.uuid(), exp: z.number() })

export const createAccessTokens = (options: { secret: string; issuer: string; clock: Clock }): AccessTokens => {
  const key = new TextEncoder().encode(options.secret)
  /** Tokens that were found valid, so that a signature is checked once and not at each request. */
  const known = new LRUCache<string, { claims: AccessClaims; exp: number }>({ max: 10_000 })
  return {
    issue: ({ user_id, session_id }) => {
      const now = Math.floor(options.clock.now().epochMilliseconds / 1_000)
      return new SignJWT({ sid: session_id })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(user_id)
        .setIssuer(options.issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + accessTokenSeconds)
        .sign(key)
    },
    read: async (token) => {
      const seconds = options.clock.now().epochMilliseconds / 1_000
      const valid = known.get(token)
      if (valid && seconds < valid.exp) return valid.claims
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          issuer: options.issuer,
          audience,
          requiredClaims: ['exp', 'sub', 'sid'],
          currentDate: new Date(seconds * 1_000),
        })
        const { sub, sid, exp } = payloadOfOurs.parse(payload)
        const claims = { user_id: sub, session_id: sid }
        known.set(token, { claims, exp })
        return claims
      } catch {
        return undefined
      }
    },
  }
}
