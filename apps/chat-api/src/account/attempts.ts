import { attempts } from '@taskflow/database'
import type { Clock, Database, RateLimit } from '@taskflow/service-kit'
import { and, eq, or, sql } from 'drizzle-orm'

/** At most `allowed` per window; 0: unlimited. */
export interface Allowance {
  name: string
  allowed: number
  windowSeconds: number
}

/** An attempt that was counted; `exceeded`: it was one too many. */
export type Attempt = RateLimit & { subject: string; resets_at: string; exceeded: boolean }

/**
 * Counts an attempt against each of these limits: one statement, so that of any number at once, at any replica, no more
 * than allowed get through. A window begins with its first attempt. Limits of 0 are not counted. Returns the attempts in
 * the order of the limits.
 */
export const countAttempts = async (
  { db, clock }: { db: Pick<Database, 'insert'>; clock: Clock },
  limits: (readonly [Allowance, string])[],
): Promise<Attempt[]> => {
  const counted = limits.filter(([{ allowed }]) => allowed > 0)
  if (counted.length === 0) return []
  const now = clock.now()
  const isOver = sql`${attempts.resets_at} <= ${now.toString()}`
  const rows = await db
    .insert(attempts)
    .values(
      counted
        .map(([{ windowSeconds }, subject]) => ({
          subject,
          count: 1,
          resets_at: now.add({ seconds: windowSeconds }).toString(),
        }))
        // In one order, or two that count the same would wait for each other.
        .sort((one, other) => (one.subject < other.subject ? -1 : 1)),
    )
    .onConflictDoUpdate({
      target: attempts.subject,
      set: {
        count: sql`CASE WHEN ${isOver} THEN 1 ELSE ${attempts.count} + 1 END`,
        resets_at: sql`CASE WHEN ${isOver} THEN excluded.resets_at ELSE ${attempts.resets_at} END`,
      },
    })
    .returning()
  return counted.map(([allowance, subject]) => {
    const { count, resets_at } = rows.find((row) => row.subject === subject)!
    return {
      ...allowance,
      subject,
      resets_at,
      exceeded: count > allowance.allowed,
      remaining: Math.max(0, allowance.allowed - count),
      resetSeconds: Math.max(1, Math.ceil(now.until(resets_at).total('seconds'))),
    }
  })
}

/** Counts an attempt against one limit, which is not 0. */
export const countAttempt = async (
  deps: { db: Pick<Database, 'insert'>; clock: Clock },
  allowance: Allowance,
  subject: string,
): Promise<Attempt> => (await countAttempts(deps, [[allowance, subject]]))[0]!

/** Takes back attempts that do not count. */
export const giveBack = async (db: Database, taken: Attempt[]): Promise<void> => {
  if (taken.length === 0) return
  await db
    .update(attempts)
    .set({ count: sql`${attempts.count} - 1` })
    .where(
      or(
        ...taken.map(({ subject, resets_at }) => and(eq(attempts.subject, subject), eq(attempts.resets_at, resets_at))),
      ),
    )
}

/** Forgets all attempts of a subject. */
export const clearAttempts = async (db: Pick<Database, 'delete'>, subject: string): Promise<void> => {
  await db.delete(attempts).where(eq(attempts.subject, subject))
}

/** Forgets all attempts of subjects that begin with one of these: reads the whole table, once. */
export const clearAttemptsOf = async (db: Pick<Database, 'delete'>, beginnings: string[]): Promise<void> => {
  await db.delete(attempts).where(or(...beginnings.map((each) => sql`starts_with(${attempts.subject}, ${each})`)))
}
