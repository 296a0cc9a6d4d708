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
  /** Milliseconds of the epoch. */
  ends: number
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
  const windowOf = (subject: string, now: number): Window => {
    const known = windows.get(subject)
    if (known && known.ends > now) return known
    const window = { count: 0, shared: 0, others: 0, ends: now + windowSeconds * 1_000 }
    windows.set(subject, window)
    return window
  }
  /** The window that began first, at any replica, is that of all. */
  const share = async (subject: string, window: Window, now: number): Promise<void> => {
    const added = window.count - window.shared
    window.shared = window.count
    const isOver = sql`${attempts.resets_at} <= ${instantOf(now)}`
    const [row] = await db
      .insert(attempts)
      .values({ subject: `${name} ${subject}`, count: added, resets_at: instantOf(window.ends) })
      .onConflictDoUpdate({
        target: attempts.subject,
        set: {
          count: sql`CASE WHEN ${isOver} THEN ${added} ELSE ${attempts.count} + ${added} END`,
          resets_at: sql`CASE WHEN ${isOver} THEN excluded.resets_at ELSE ${attempts.resets_at} END`,
        },
      })
      .returning()
    window.ends = Temporal.Instant.from(row!.resets_at).epochMilliseconds
    // Of answers that overtake each other the highest is the latest.
    window.others = Math.max(window.others, row!.count - window.shared)
  }
  return async (subject, cost = 1) => {
    if (perMinute === 0) return {}
    const now = clock.now().epochMilliseconds
    const window = windowOf(subject, now)
    window.count += cost
    if (window.count - window.shared >= part && window.count - cost + window.others <= perMinute) {
      await share(subject, window, now)
    }
    const count = window.count + window.others
    const limit: RateLimit = {
      name,
      allowed: perMinute,
      windowSeconds,
      remaining: Math.max(0, perMinute - count),
      resetSeconds: Math.max(1, Math.ceil((window.ends - now) / 1_000)),
    }
    if (count > perMinute) throw tooManyRequests(`too many requests (the limit "${name}")`, limit)
    return rateLimitHeaders([limit])
  }
}

const instantOf = (milliseconds: number): string => Temporal.Instant.fromEpochMilliseconds(milliseconds).toString()
