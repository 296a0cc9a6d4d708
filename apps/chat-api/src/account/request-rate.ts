import { type Clock, type Principal, rateLimitHeaders, tooManyRequests } from '@taskflow/service-kit'
import { LRUCache } from 'lru-cache'

const windowSeconds = 60

/**
 * Counts the requests of each user per minute and returns the RateLimit fields. Problem 429 when there are too many.
 * Each replica counts in its own memory: that keeps one user from starving the others, and a shared count would cost
 * every request a write.
 */
export const createRequestRate = ({ clock, perMinute }: { clock: Clock; perMinute: number }) => {
  const windows = new LRUCache<string, { count: number; ends: number }>({ max: 100_000 })
  return ({ user_id }: Principal): Record<string, string> => {
    if (perMinute === 0) return {}
    const now = clock.now().epochMilliseconds
    let window = windows.get(user_id)
    if (!window || window.ends <= now) {
      window = { count: 0, ends: now + windowSeconds * 1_000 }
      windows.set(user_id, window)
    }
    window.count++
    const limit = {
      name: 'requests',
      allowed: perMinute,
      windowSeconds,
      remaining: Math.max(0, perMinute - window.count),
      resetSeconds: Math.ceil((window.ends - now) / 1_000),
    }
    if (window.count > perMinute) throw tooManyRequests('too many requests', limit)
    return rateLimitHeaders([limit])
  }
}
