import { attempts } from '@taskflow/database'
import { type Clock, type Database, type RateLimit, rateLimitHeaders, tooManyRequests } from '@taskflow/service-kit'
import { sql } from 'drizzle-orm'
import { LRUCache } from 'lru-cache'

const windowSeconds = 60

/** Replicas tell each other once so much of the limit is used, and again with each further part. */
const sharedPart = 20

interface Window {
  /** Counted here. */
  count: number
  /** What of it is in the shared count. */
  shared: number
  /** Counted at other replicas, when last heard of. */
  others: number
  /** Of the epoch. */
  minute: number
}

/** Counts requests of `subject`, as so many; the RateLimit fields, or problem 429 when they are too many. */
export type RequestRate = (subject: string, cost?: number) => Promise<Record<string, string>>

/**
 * Counts requests by the minute. Each replica counts in memory; only what is a good part of the limit goes to Postgres,
 * where replicas share it: so few write at all, and together replicas let through at most a twentieth each too many.
 */
export const createRequestRate = (
  { db, clock }: { db: Database; clock: Clock },
  { name, perMinute }: { name: string; perMinute: number },
): RequestRate => {
  const windows = new LRUCache<string, Window>({ max: 100_000 })
  const part = Math.max(1, Math.floor(perMinute / sharedPart))
  const windowOf = (subject: string, minute: number): Window => {
    const known = windows.get(subject)
    if (known?.minute === minute) return known
    const window = { count: 0, shared: 0, others: 0, minute }
    windows.set(subject, window)
    return window
  }
  const share = async (subject: string, window: Window): Promise<void> => {
    const added = window.count - window.shared
    window.shared = window.count
    const resets_at = Temporal.Instant.fromEpochMilliseconds((window.minute + 1) * windowSeconds * 1_000).toString()
    const [row] = await db
      .insert(attempts)
      .values({ subject: `${name} ${subject} ${window.minute}`, count: added, resets_at })
      .onConflictDoUpdate({ target: attempts.subject, set: { count: sql`${attempts.count} + ${added}` } })
      .returning()
    // Of answers that overtake each other the highest is the latest.
    window.others = Math.max(window.others, row!.count - window.shared)
  }
  return async (subject, cost = 1) => {
    if (perMinute === 0) return {}
    const seconds = clock.now().epochMilliseconds / 1_000
    const window = windowOf(subject, Math.floor(seconds / windowSeconds))
    window.count += cost
    if (window.count - window.shared >= part && window.count - cost + window.others <= perMinute) {
      await share(subject, window)
    }
    const count = window.count + window.others
    const limit: RateLimit = {
      name,
      allowed: perMinute,
      windowSeconds,
      remaining: Math.max(0, perMinute - count),
      resetSeconds: Math.max(1, Math.ceil((window.minute + 1) * windowSeconds - seconds)),
    }
    if (count > perMinute) throw tooManyRequests(`too many requests (the limit "${name}")`, limit)
    return rateLimitHeaders([limit])
  }
}
