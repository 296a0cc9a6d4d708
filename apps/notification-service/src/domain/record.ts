import { type LedgerRow, ledger } from '@taskflow/database'
import { reminderFailed, reminderSent } from '@taskflow/event-contracts'
import { appendEvents, newEvent, type Origin, type Tx, withOrigin } from '@taskflow/service-kit'
import { and, eq, isNotNull, sql } from 'drizzle-orm'
import type { Delivery, Entry } from './delivery.ts'
import { giveBack } from './limits.ts'
import type { Outcome } from './outcome.ts'

/** A notification that was not accepted within a day after it was first due is given up. */
export const giveUpAfter = Temporal.Duration.from({ hours: 24 })

/** Seconds until the next attempt after one without an answer: time for the server to recover. */
const unclearDelay = 20

/**
 * Records how an attempt ended. Idempotent, because it may be unknown whether the first time was committed. `pause`:
 * seconds until a mail server that is away is tried again.
 */
export const recordOutcome = async (
  tx: Tx,
  { channel, rows, taken }: Delivery,
  outcome: Outcome,
  pause: number,
): Promise<void> => {
  // A post counts however it was answered: its receiver had it.
  const mayHaveArrived = channel === 'webhook' || outcome.result === 'sent' || outcome.result === 'unclear'
  if (!mayHaveArrived && (await isInFlight(tx, rows[0]!))) await giveBack(tx, taken)
  for (const row of rows) {
    const own = withOrigin(tx, row.origin as Origin)
    switch (outcome.result) {
      case 'sent':
        await recordSent(own, row)
        break
      case 'refused':
        await recordFailed(own, row, outcome.reason)
        break
      case 'later':
        await recordAttempt(own, row, outcome.reason, Math.min(600, 5 * 2 ** (row.attempts - 1)), row.copies - 1)
        break
      case 'server away':
        await recordAttempt(own, row, outcome.reason, pause, row.copies - 1)
        break
      case 'unclear':
        await recordAttempt(own, row, outcome.reason, Math.max(pause, unclearDelay), row.copies)
        break
    }
  }
}

const recordSent = async (tx: Tx, row: Entry): Promise<void> => {
  const sent_at = tx.clock.now().toString()
  if (!(await close(tx, row, { state: 'sent', sent_at, reason: null }))) return
  const { channel, reminder_id, task_id, message_id } = row
  await appendEvents(tx, 'notifications', [
    newEvent('task-reminders', reminderSent, {
      ...about(row),
      payload: { reminder_id, task_id, channel, message_id, sent_at },
    }),
  ])
}

/** It was in the mail of another reminder. */
export const recordMailed = async (tx: Tx, row: Entry, message_id: string): Promise<undefined> => {
  await recordSent(withOrigin(tx, row.origin as Origin), { ...row, message_id })
}

/** It is never sent. */
export const recordFailed = async (tx: Tx, row: Entry, reason: string): Promise<void> => {
  if (await close(tx, row, { state: 'failed', reason })) await publishFailed(tx, [row], reason)
}

/** Publishes that these have failed, each with the origin of its reminder. */
export const publishFailed = async (
  tx: Tx,
  rows: Pick<Entry, 'reminder_id' | 'task_id' | 'user_id' | 'channel' | 'origin'>[],
  reason: string,
): Promise<void> => {
  const events = rows.map((row) => {
    const { channel, reminder_id, task_id } = row
    const origin = row.origin as Origin
    const payload = { reminder_id, task_id, channel, reason }
    return newEvent('task-reminders', reminderFailed, { ...about(row), origin, payload })
  })
  await appendEvents(tx, 'notifications', events)
}

const about = ({ task_id, user_id }: Pick<Entry, 'task_id' | 'user_id'>) => ({
  key: task_id,
  subject: task_id,
  user_id,
})

/** They are not wanted any more, or have no recipient. */
export const recordSuppressed = async (tx: Tx, rows: Entry[], reason: string): Promise<void> => {
  await closeAll(tx, rows, { state: 'suppressed', reason })
}

/** They wait for their person to confirm the address. */
export const recordHeld = async (tx: Tx, rows: Entry[], reason: string): Promise<void> => {
  await closeAll(tx, rows, { state: 'held', reason })
}

/** They are sent later, and this was not an attempt. */
export const recordWaiting = async (
  tx: Tx,
  rows: Entry[],
  until: Temporal.Instant,
  digest: string | null,
  reason: string | null = null,
): Promise<void> => {
  await tx
    .update(ledger)
    .set({
      next_attempt_at: until.toString(),
      give_up_at: until.add(giveUpAfter).toString(),
      digest,
      claimed_until: null,
      ...(reason === null ? {} : { reason }),
    })
    .where(sameRows(rows))
}

/** The attempt failed; the next is in `seconds`, unless it is too late. */
const recordAttempt = async (
  tx: Tx,
  row: LedgerRow,
  reason: string,
  seconds: number,
  copies: number,
): Promise<void> => {
  const now = tx.clock.now()
  if (Temporal.Instant.compare(row.give_up_at, now) < 0) return recordFailed(tx, row, reason)
  await tx
    .update(ledger)
    .set({
      next_attempt_at: now.add({ milliseconds: Math.round(seconds * 1_000) }).toString(),
      claimed_until: null,
      copies: Math.max(0, copies),
      reason,
    })
    .where(and(sameRow(row), eq(ledger.state, 'pending'), eq(ledger.attempts, row.attempts)))
}

/** Whether this is the newest attempt at its row and has not ended. */
const isInFlight = async (tx: Tx, row: LedgerRow): Promise<boolean> => {
  const found = await tx
    .select({ attempts: ledger.attempts })
    .from(ledger)
    .where(and(sameRow(row), eq(ledger.attempts, row.attempts), isNotNull(ledger.claimed_until)))
    .for('update')
  return found.length === 1
}

type Key = Pick<LedgerRow, 'reminder_id' | 'fired_for' | 'channel'>

export const sameRow = ({ reminder_id, fired_for, channel }: Key) =>
  and(eq(ledger.reminder_id, reminder_id), eq(ledger.fired_for, fired_for), eq(ledger.channel, channel))

/** Any of these rows. */
export const sameRows = (rows: Key[]) => {
  const column = (name: keyof Key) => sql.param(rows.map((row) => row[name]))
  return sql`(${ledger.reminder_id}, ${ledger.fired_for}, ${ledger.channel}) IN (SELECT * FROM
    unnest(${column('reminder_id')}::uuid[], ${column('fired_for')}::timestamptz[], ${column('channel')}::text[]))`
}

/** True when the row was still pending: of two replicas that sent the same notification, one publishes the event. */
const close = async (tx: Tx, row: Entry, change: Partial<LedgerRow>): Promise<boolean> =>
  (await closeAll(tx, [row], change)) === 1

const closeAll = async (tx: Tx, rows: Entry[], change: Partial<LedgerRow>): Promise<number> => {
  const { rowCount } = await tx
    .update(ledger)
    .set({ ...change, next_attempt_at: null, claimed_until: null })
    .where(and(sameRows(rows), eq(ledger.state, 'pending')))
  return rowCount ?? 0
}
