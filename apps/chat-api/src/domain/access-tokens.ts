import { type Clock, type Principal, Problem } from '@taskflow/service-kit'
import { jwtVerify, SignJWT } from 'jose'
import { LRUCache } from 'lru-cache'
import { z } from 'zod'

/** Makes and reads access tokens: JWTs (HS256) that hold for 60 minutes. */
export interface AccessTokens {
  issue(principal: Principal): Promise<string>
  /** Reads an Authorization header. Problem 401 unless it carries a valid bearer token. */
  authenticate(authorization: string | undefined): Promise<Principal>
}

const audience = 'taskflow'
const claims = z.object({ sub: z.uuid(), role: z.enum(['user', 'admin']), exp: z.number() })

const unauthorized = (detail: string) =>
  new Problem('unauthorized', detail, { headers: { 'www-authenticate': 'Bearer realm="taskflow"' } })

export const createAccessTokens = (options: { secret: string; issuer: string; clock: Clock }): AccessTokens => {
  const key = new TextEncoder().encode(options.secret)
  /** Tokens that were found valid lately, so that a signature is checked once and not at each request. */
  const known = new LRUCache<string, { principal: Principal; exp: number }>({ max: 10_000 })
  return {
    issue: ({ user_id, role }) => {
      const now = Math.floor(options.clock.now().epochMilliseconds / 1_000)
      return new SignJWT({ role })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(user_id)
        .setIssuer(options.issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(now + 3_600)
        .sign(key)
    },
    authenticate: async (authorization) => {
      const token = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1]
      if (!token)
        throw unauthorized('sign in first: send "Authorization: Bearer <token>" with the token of /api/v1/auth/login')
      const seconds = options.clock.now().epochMilliseconds / 1_000
      const valid = known.get(token)
      if (valid && seconds < valid.exp) return valid.principal
      try {
        const { payload } = await jwtVerify(token, key, {
          algorithms: ['HS256'],
          issuer: options.issuer,
          audience,
          requiredClaims: ['exp', 'sub'],
          currentDate: new Date(seconds * 1_000),
        })
        const { sub, role, exp } = claims.parse(payload)
        const principal: Principal = { user_id: sub, role }
        known.set(token, { principal, exp })
        return principal
      } catch {
        throw unauthorized('the token is not valid or has expired; sign in again')
      }
    },
  }
}
