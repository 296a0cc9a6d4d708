import { sentCounts } from '@taskflow/database'
import { advisoryLock, type Tx } from '@taskflow/service-kit'
import { and, asc, eq, gt, lt, sql } from 'drizzle-orm'

/** At most `count` within `window`. Counted in steps of `step`, so that the limit may apply one step longer. */
export interface Limit {
  subject: string
  count: number
  window: { hours: number }
  step: { minutes: number }
}

/** Mails that the mail server accepts in a day. */
export const serverLimit = (count: number): Limit => ({
  subject: 'mail server',
  count,
  window: { hours: 24 },
  step: { minutes: 60 },
})

/** Mails that a person gets in an hour. */
export const personLimit = (user_id: string, count: number): Limit => ({
  subject: user_id,
  count,
  window: { hours: 1 },
  step: { minutes: 5 },
})

/** When the next may be sent; undefined means now. Holds a lock on the subject until the transaction ends. */
export const freeAt = async (tx: Tx, limit: Limit): Promise<Temporal.Instant | undefined> => {
  if (limit.count === 0) return undefined
  await advisoryLock(tx, 'mail limit', limit.subject)
  const since = tx.clock.now().subtract(limit.window).subtract(limit.step)
  const steps = await tx
    .select()
    .from(sentCounts)
    .where(and(eq(sentCounts.subject, limit.subject), gt(sentCounts.since, since.toString())))
    .orderBy(asc(sentCounts.since))
  let left = steps.reduce((total, each) => total + each.count, 0)
  if (left < limit.count) return undefined
  for (const step of steps) {
    left -= step.count
    if (left < limit.count) return Temporal.Instant.from(step.since).add(limit.window).add(limit.step)
  }
  return undefined
}

/** Counts one more; returns where, for `giveBack`. */
export const take = async (tx: Tx, limit: Limit): Promise<Taken[]> => {
  if (limit.count === 0) return []
  const now = tx.clock.now()
  const { subject, step } = limit
  const since = now.round({ smallestUnit: 'minute', roundingIncrement: step.minutes, roundingMode: 'floor' }).toString()
  await tx
    .insert(sentCounts)
    .values({ subject, since, count: 1 })
    .onConflictDoUpdate({
      target: [sentCounts.subject, sentCounts.since],
      set: { count: sql`${sentCounts.count} + 1` },
    })
  await tx.delete(sentCounts).where(lt(sentCounts.since, now.subtract({ hours: 48 }).toString()))
  return [{ subject, since }]
}

export interface Taken {
  subject: string
  since: string
}

/** Takes back a count: the mail was not sent after all. */
export const giveBack = async (tx: Tx, taken: Taken[]): Promise<void> => {
  for (const { subject, since } of taken) {
    await tx
      .update(sentCounts)
      .set({ count: sql`${sentCounts.count} - 1` })
      .where(and(eq(sentCounts.subject, subject), eq(sentCounts.since, since)))
  }
}

/** Mails that known providers accept in a day from one account. */
const knownProviders: Record<string, number> = {
  'smtp.gmail.com': 500,
  'smtp.office365.com': 10_000,
}

/** The default limit of a mail server: that of a known provider, else 0, none. */
export const defaultPerDay = (smtpUrl: string): number => knownProviders[new URL(smtpUrl).hostname] ?? 0
