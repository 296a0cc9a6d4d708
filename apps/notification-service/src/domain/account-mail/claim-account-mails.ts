import { type AccountMailRow, accountMails } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, asc, eq, isNull, lte, or } from 'drizzle-orm'
import type { Outcome } from '../outcome.ts'

/** How long a claim lasts unless it is renewed. If this replica dies, another sends afterwards. */
const lease = Temporal.Duration.from({ minutes: 2 })

/** Seconds until the next attempt after one without an answer: time for the server to recover. */
const unclearDelay = 20

/** What is done with a mail that is due. */
interface Claimed {
  mails: AccountMailRow[]
  /** Given up: expired, or handed over twice without an answer. */
  dropped: AccountMailRow[]
}

/** Claims mails that are due, the longest waiting first. Of several replicas, one gets each. */
export const claimAccountMails = async (tx: Tx, atMost: number): Promise<Claimed> => {
  const now = tx.clock.now()
  const { next_attempt_at, claimed_until } = accountMails
  const rows = await tx
    .select()
    .from(accountMails)
    .where(and(lte(next_attempt_at, now.toString()), or(isNull(claimed_until), lte(claimed_until, now.toString()))))
    .orderBy(asc(next_attempt_at))
    .limit(atMost)
    .for('update', { skipLocked: true })
  const claimed: Claimed = { mails: [], dropped: [] }
  for (const row of rows) {
    if (row.copies >= 2 || Temporal.Instant.compare(row.expires_at, now) <= 0) {
      await tx.delete(accountMails).where(eq(accountMails.id, row.id))
      claimed.dropped.push(row)
      continue
    }
    const change = { attempts: row.attempts + 1, copies: row.copies + 1, claimed_until: now.add(lease).toString() }
    await tx.update(accountMails).set(change).where(eq(accountMails.id, row.id))
    claimed.mails.push({ ...row, ...change })
  }
  return claimed
}

/** The row as this attempt knows it: a later one of another replica is left alone. */
const sameAttempt = ({ id, attempts }: AccountMailRow) =>
  and(eq(accountMails.id, id), eq(accountMails.attempts, attempts))

/** Extends the claim of a mail that is still being sent. */
export const renewMailClaim = async (tx: Tx, mail: AccountMailRow): Promise<void> => {
  await tx
    .update(accountMails)
    .set({ claimed_until: tx.clock.now().add(lease).toString() })
    .where(sameAttempt(mail))
}

/** Records how an attempt ended. A mail that was sent or refused is deleted, with its texts and token. */
export const recordMailOutcome = async (
  tx: Tx,
  mail: AccountMailRow,
  { result }: Outcome,
  pause: number,
): Promise<void> => {
  if (result === 'sent' || result === 'refused') {
    await tx.delete(accountMails).where(eq(accountMails.id, mail.id))
    return
  }
  const isUnclear = result === 'unclear'
  const backOff = Math.min(600, 5 * 2 ** (mail.attempts - 1))
  const seconds = result === 'later' ? backOff : isUnclear ? Math.max(pause, unclearDelay) : pause
  await tx
    .update(accountMails)
    .set({
      next_attempt_at: tx.clock
        .now()
        .add({ milliseconds: Math.round(seconds * 1_000) })
        .toString(),
      claimed_until: null,
      copies: isUnclear ? mail.copies : mail.copies - 1,
    })
    .where(sameAttempt(mail))
}
