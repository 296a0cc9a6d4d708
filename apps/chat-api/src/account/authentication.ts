import { type Clock, type Database, type Principal, Problem, withinRole } from '@taskflow/service-kit'
import type { AccessTokens } from './access-tokens.ts'
import { findTokenHolder } from './api-tokens.ts'
import { remember } from './remember.ts'
import { apiTokenPrefix, hashOf } from './secret-tokens.ts'
import { findPerson } from './sessions.ts'

/** Finds out who makes a request. A session or API token that another replica ended is refused within 10 s. */
export interface Authentication {
  /** Reads an Authorization header. Problem 401 unless it carries a valid bearer token. */
  authenticate(authorization: string | undefined): Promise<Principal>
  /** Sessions that have just ended: their access tokens are no longer valid. */
  forgetSessions(ids: string[]): void
  /** An API token that was just revoked. */
  forgetApiToken(hash: string): void
}

const unauthorized = (detail: string) =>
  new Problem('unauthorized', detail, { headers: { 'www-authenticate': 'Bearer realm="taskflow"' } })

export const createAuthentication = (options: {
  db: Database
  clock: Clock
  accessTokens: AccessTokens
}): Authentication => {
  const { db, clock, accessTokens } = options
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
    authenticate: async (authorization) => {
      const token = /^Bearer ([^\s]+)$/i.exec(authorization ?? '')?.[1]
      if (!token) {
        throw unauthorized('sign in first: send "Authorization: Bearer <token>" with the token of /api/v1/auth/login')
      }
      const user = await (token.startsWith(apiTokenPrefix) ? holderOf(token) : personOf(token))
      if (!user) throw unauthorized('the token is not valid, has expired or was taken back; sign in again')
      return withinRole(user)
    },
    forgetSessions: (ids) => ids.forEach(people.forget),
    forgetApiToken: (hash) => holders.forget(hash),
  }
}
