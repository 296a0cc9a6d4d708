import { type Clock, type Database, Problem, rateLimitHeaders } from '@taskflow/service-kit'
import { countAttempt } from '../account/attempts.ts'
import { networkOf } from '../account/network-of.ts'
import { createRequestRate } from '../account/request-rate.ts'

export interface OauthLimits {
  /** Of one network; 0: no limit. */
  requestsPerMinute: number
  /** Clients that register themselves, of one network at all replicas; 0: no limit. */
  registrationsPerHour: number
}

/** The headers of a refusal; undefined when a request may go on. */
export type Limit = (route: string, address: string) => Promise<Record<string, string> | undefined>

/**
 * Limits requests by network: nobody has signed in here. Each may leave a row for some minutes, a registration one for a
 * day.
 */
export const createLimit = (deps: { db: Database; clock: Clock }, limits: OauthLimits): Limit => {
  const countRequest = createRequestRate(deps, { name: 'oauth', perMinute: limits.requestsPerMinute })
  const registrations = { name: 'oauth-register', allowed: limits.registrationsPerHour, windowSeconds: 3_600 }
  return async (route, address) => {
    const network = networkOf(address)
    try {
      await countRequest(network)
    } catch (error) {
      if (error instanceof Problem) return error.headers
      throw error
    }
    if (limits.registrationsPerHour === 0 || route !== '/oauth/register') return undefined
    const counted = await countAttempt(deps, registrations, `oauth register address ${network}`)
    return counted.exceeded
      ? { ...rateLimitHeaders([counted]), 'retry-after': String(counted.resetSeconds) }
      : undefined
  }
}
