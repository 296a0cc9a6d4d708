import { type Clock, type Database, type Principal, Problem, withinRole } from '@taskflow/service-kit'
import type { AccessTokens } from './access-tokens.ts'
import { findTokenHolder } from './api-tokens.ts'
import { remember } from './remember.ts'
import { apiTokenPrefix, hashOf } from './secret-tokens.ts'
import { findPerson } from './sessions.ts'

/** Access tokens of apps that a person has connected. */
export interface AppTokens {
  /** Whom a token acts for at a resource; undefined when it is not valid there. */
  find(token: string, resource: string): Promise<Principal | undefined>
  /** A grant that was just taken back. */
  forget(grant_id: string): void
}

/** Finds out who makes a request. A session or API token that another replica ended is refused within 10 s. */
export interface Authentication {
  /**
   * Reads an Authorization header. Problem 401 unless it carries a valid bearer token: an API token; at a `resource` one
   * that an app was issued for it; elsewhere one of a login.
   */
  authenticate(authorization: string | undefined, resource?: string): Promise<Principal>
  /** Sessions that have just ended: their access tokens are no longer valid. */
  forgetSessions(ids: string[]): void
  /** An API token that was just revoked. */
  forgetApiToken(hash: string): void
}

/** A request without a token gets no error code (RFC 6750, section 3.1). */
const unauthorized = (detail: string, error = '') =>
  new Problem('unauthorized', detail, { headers: { 'www-authenticate': `Bearer realm="taskflow"${error}` } })

const refuse = (fix: string): never => {
  throw unauthorized(
    `the token is not valid here, has expired or was taken back; ${fix}`,
    ', error="invalid_token", error_description="not valid here, expired or taken back"',
  )
}

export const createAuthentication = (options: {
  db: Database
  clock: Clock
  accessTokens: AccessTokens
  appTokens: AppTokens
}): Authentication => {
  const { db, clock, accessTokens, appTokens } = options
  const people = remember(clock, (session_id) => findPerson(db, clock, session_id))
  const holders = remember(clock, (hash) => findTokenHolder(db, clock, hash))

  const personOf = async (token: string): Promise<Principal | undefined> => {
    const claims = await accessTokens.read(token)
    const person = claims && (await people.find(claims.session_id))
    return person?.user_id === claims?.user_id ? person : undefined
  }
  const holderOf = async (token: string): Promise<Principal | undefined> => {
    const found = await holders.find(hashOf(token))
    const holds = !found?.expires_at || Temporal.Instant.compare(clock.now(), found.expires_at) < 0
    return holds ? found?.holder : undefined
  }

  return {
    authenticate: async (authorization, resource) => {
      const token = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1]
      if (!token) {
        throw unauthorized('sign in first: send "Authorization: Bearer <token>" with the token of /api/v1/auth/login')
      }
      if (token.startsWith(apiTokenPrefix)) return withinRole((await holderOf(token)) ?? refuse('sign in again'))
      if (resource === undefined) return withinRole((await personOf(token)) ?? refuse('sign in again'))
      return withinRole((await appTokens.find(token, resource)) ?? refuse(`connect again, or use an API token`))
    },
    forgetSessions: (ids) => ids.forEach(people.forget),
    forgetApiToken: (hash) => holders.forget(hash),
  }
}
