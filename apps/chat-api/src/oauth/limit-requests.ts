import { type Clock, type Database, type RateLimit, rateLimitHeaders } from '@taskflow/service-kit'
import { LRUCache } from 'lru-cache'
import { countAttempt } from '../account/attempts.ts'
import { networkOf } from '../account/network-of.ts'

export interface OauthLimits {
  /** Of one network, at one replica; 0: no limit. */
  requestsPerMinute: number
  /** Clients that register themselves, of one network at all replicas; 0: no limit. */
  registrationsPerHour: number
}

/** The headers of a refusal; undefined when a request may go on. */
export type Limit = (route: string, address: string) => Promise<Record<string, string> | undefined>

const minute = 60_000

/**
 * Limits requests by network: nobody has signed in here. Each may leave a row for some minutes, so requests are counted
 * in memory, without a write; a registration leaves one for a day and is counted in Postgres.
 */
export const createLimit = ({ db, clock }: { db: Database; clock: Clock }, limits: OauthLimits): Limit => {
  const windows = new LRUCache<string, { count: number; ends: number }>({ max: 100_000 })
  const countRequest = (network: string): RateLimit & { exceeded: boolean } => {
    const now = clock.now().epochMilliseconds
    let window = windows.get(network)
    if (!window || window.ends <= now) {
      window = { count: 0, ends: now + minute }
      windows.set(network, window)
    }
    window.count++
    return {
      ...{ name: 'oauth', allowed: limits.requestsPerMinute, windowSeconds: 60 },
      remaining: Math.max(0, limits.requestsPerMinute - window.count),
      resetSeconds: Math.max(1, Math.ceil((window.ends - now) / 1_000)),
      exceeded: window.count > limits.requestsPerMinute,
    }
  }
  const countRegistration = (network: string) =>
    countAttempt(
      { db, clock },
      { name: 'oauth-register', allowed: limits.registrationsPerHour, windowSeconds: 3_600 },
      `oauth register address ${network}`,
    )
  return async (route, address) => {
    const network = networkOf(address)
    const counts = [
      ...(limits.requestsPerMinute > 0 ? [() => countRequest(network)] : []),
      ...(limits.registrationsPerHour > 0 && route === '/oauth/register' ? [() => countRegistration(network)] : []),
    ]
    for (const count of counts) {
      const counted = await count()
      if (counted.exceeded) return { ...rateLimitHeaders([counted]), 'retry-after': String(counted.resetSeconds) }
    }
    return undefined
  }
}
