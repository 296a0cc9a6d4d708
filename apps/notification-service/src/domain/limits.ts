import { type Channel, sentCounts } from '@taskflow/database'
import { advisoryLock, type Tx } from '@taskflow/service-kit'
import { and, asc, eq, gt, lt, sql } from 'drizzle-orm'

/** At most `count` within `window`. Counted in steps of `step`, so that the limit may apply one step longer. */
export interface Limit {
  subject: string
  count: number
  window: { hours: number }
  step: { minutes: number }
  /** Why something waits, for its person. */
  reason: string
}

/** What is limited; 0: not at all. */
export interface Limits {
  /** Mails that the mail server takes in a day. */
  perDay: number
  /** How many of them may be to one person. */
  perPersonPerDay: number
  /** Mails to one person. */
  perPersonPerHour: number
  /** Posts to one person's webhook, answered or not. */
  postsPerPersonPerHour: number
  /** Notifications of a person that may wait for a limit, on each channel. */
  waitingPerPerson: number
}

/** The limits that count for a delivery to this person. */
export const limitsOf = (channel: Channel, user_id: string, limits: Limits): Limit[] =>
  channel === 'email'
    ? [
        serverLimit(limits.perDay),
        personLimit(user_id, limits.perPersonPerHour),
        personDayLimit(user_id, limits.perPersonPerDay),
      ]
    : [postLimit(user_id, limits.postsPerPersonPerHour)]

/** Mails that the mail server accepts in a day. */
export const serverLimit = (count: number): Limit => ({
  subject: 'mail server',
  count,
  window: { hours: 24 },
  step: { minutes: 60 },
  reason: `at most ${count} mails in 24 h (mail server)`,
})

const hour = { window: { hours: 1 }, step: { minutes: 5 } }

/** Mails that a person gets in an hour. */
const personLimit = (user_id: string, count: number): Limit => ({
  subject: user_id,
  count,
  ...hour,
  reason: `at most ${count} mails in 1 h (per person)`,
})

/** Mails that a person gets of those of a day. */
const personDayLimit = (user_id: string, count: number): Limit => ({
  subject: `day ${user_id}`,
  count,
  window: { hours: 24 },
  step: { minutes: 60 },
  reason: `at most ${count} mails in 24 h (per person)`,
})

const postLimit = (user_id: string, count: number): Limit => ({
  subject: `webhook ${user_id}`,
  count,
  ...hour,
  reason: `at most ${count} posts in 1 h (per person)`,
})

/** Challenges of a person's webhook in an hour. */
export const challengeLimit = (user_id: string, count: number): Limit => ({
  subject: `challenge ${user_id}`,
  count,
  ...hour,
  reason: `at most ${count} attempts to verify a webhook in 1 h`,
})

/** What is counted of a person. */
export const subjectsOf = (user_id: string): string[] => [
  user_id,
  ...['day', 'webhook', 'challenge'].map((each) => `${each} ${user_id}`),
]

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
