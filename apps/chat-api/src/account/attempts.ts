import { attempts } from '@taskflow/database'
import type { Clock, Database, RateLimit } from '@taskflow/service-kit'
import { and, eq, sql } from 'drizzle-orm'

/** At most `allowed` per window; 0: unlimited. */
export interface Allowance {
  name: string
  allowed: number
  windowSeconds: number
}

/** An attempt that was counted; `exceeded`: it was one too many. */
export type Attempt = RateLimit & { subject: string; resets_at: string; exceeded: boolean }

/**
 * Counts an attempt: one statement, so that of any number at once, at any replica, no more than allowed get through. A
 * window begins with its first attempt.
 */
export const countAttempt = async (
  { db, clock }: { db: Database; clock: Clock },
  allowance: Allowance,
  subject: string,
): Promise<Attempt> => {
  const now = clock.now()
  const first = { count: 1, resets_at: now.add({ seconds: allowance.windowSeconds }).toString() }
  const isOver = sql`${attempts.resets_at} <= ${now.toString()}`
  const [row] = await db
    .insert(attempts)
    .values({ subject, ...first })
    .onConflictDoUpdate({
      target: attempts.subject,
      set: {
        count: sql`CASE WHEN ${isOver} THEN 1 ELSE ${attempts.count} + 1 END`,
        resets_at: sql`CASE WHEN ${isOver} THEN excluded.resets_at ELSE ${attempts.resets_at} END`,
      },
    })
    .returning()
  const { count, resets_at } = row!
  return {
    ...allowance,
    subject,
    resets_at,
    exceeded: count > allowance.allowed,
    remaining: Math.max(0, allowance.allowed - count),
    resetSeconds: Math.max(1, Math.ceil(now.until(resets_at).total('seconds'))),
  }
}

/** Takes back an attempt that does not count. */
export const giveBack = async (db: Database, { subject, resets_at }: Attempt): Promise<void> => {
  await db
    .update(attempts)
    .set({ count: sql`${attempts.count} - 1` })
    .where(and(eq(attempts.subject, subject), eq(attempts.resets_at, resets_at)))
}

/** Forgets all attempts of a subject. */
export const clearAttempts = async (db: Pick<Database, 'delete'>, subject: string): Promise<void> => {
  await db.delete(attempts).where(eq(attempts.subject, subject))
}
