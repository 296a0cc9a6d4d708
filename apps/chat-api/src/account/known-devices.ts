import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '@taskflow/service-kit'
import { jwtVerify, SignJWT } from 'jose'
import { v7 as uuidv7 } from 'uuid'
import { readCookie } from './cookies.ts'

/**
 * Browsers that have signed in to an account, known by a signed cookie. It gives no access: it only keeps others who
 * guess the password from locking this browser out.
 */
export interface KnownDevices {
  /** The cookie's value for a browser that has just signed in: the one it has, or a new one. */
  remember(user_id: string, headers: IncomingHttpHeaders): Promise<string>
  /** The id of the device; undefined when it has not signed in to this account. */
  find(user_id: string, headers: IncomingHttpHeaders): Promise<string | undefined>
}

const audience = 'taskflow-device'

export const createKnownDevices = ({ secret, issuer, clock }: { secret: string; issuer: string; clock: Clock }) => {
  const key = new TextEncoder().encode(secret)
  const find: KnownDevices['find'] = async (user_id, headers) => {
    const token = readCookie(headers, 'device', issuer)
    if (!token) return undefined
    const options = { algorithms: ['HS256'], issuer, audience, subject: user_id }
    return jwtVerify(token, key, options).then(
      ({ payload }) => payload.jti,
      () => undefined,
    )
  }
  return {
    find,
    remember: async (user_id, headers) =>
      new SignJWT()
        .setProtectedHeader({ alg: 'HS256' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(user_id)
        .setJti((await find(user_id, headers)) ?? uuidv7())
        .setIssuedAt(Math.floor(clock.now().epochMilliseconds / 1_000))
        .sign(key),
  } satisfies KnownDevices
}
