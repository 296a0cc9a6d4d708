import { type LedgerRow, ledger, type Recipient, recipients } from '@taskflow/database'
import { reminderFailed, reminderSent } from '@taskflow/event-contracts'
import { appendEvents, newEvent, type Tx } from '@taskflow/service-kit'
import { and, asc, eq, lte, sql } from 'drizzle-orm'

/** A claimed row is this replica's for so long; if it dies meanwhile, another sends: at most one mail too many. */
const lease = Temporal.Duration.from({ minutes: 2 })
/** A mail that no server took within a day is of no use any more. */
const giveUpAfter = Temporal.Duration.from({ hours: 24 })

export type ClaimedRow = LedgerRow & { recipient: Recipient | undefined }

/** Claims pending rows that are due, with the address they go to. */
export const claimPending = async (tx: Tx, limit: number): Promise<ClaimedRow[]> => {
  const now = tx.clock.now()
  const rows = await tx
    .select()
    .from(ledger)
    .where(and(eq(ledger.state, 'pending'), lte(ledger.next_attempt_at, now.toString())))
    .orderBy(asc(ledger.next_attempt_at))
    .limit(limit)
    .for('update', { skipLocked: true })
  const claimed: ClaimedRow[] = []
  for (const row of rows) {
    await tx
      .update(ledger)
      .set({ next_attempt_at: now.add(lease).toString(), attempts: row.attempts + 1 })
      .where(sameRow(row))
    const [recipient] = await tx.select().from(recipients).where(eq(recipients.user_id, row.user_id))
    claimed.push({ ...row, attempts: row.attempts + 1, recipient })
  }
  return claimed
}

/** A server has taken the mail: the ledger and the mesh know it. */
export const recordSent = async (tx: Tx, row: LedgerRow): Promise<void> => {
  const sent_at = tx.clock.now().toString()
  if (!(await close(tx, row, { state: 'sent', sent_at, reason: null }))) return
  const { reminder_id, task_id, channel, message_id } = row
  await appendEvents(tx, 'notifications', [
    newEvent('task-reminders', reminderSent, {
      key: task_id,
      subject: task_id,
      user_id: row.user_id,
      payload: { reminder_id, task_id, channel, message_id, sent_at },
    }),
  ])
}

/** The mail will never be sent. */
export const recordFailed = async (tx: Tx, row: LedgerRow, reason: string): Promise<void> => {
  if (!(await close(tx, row, { state: 'failed', reason }))) return
  const { reminder_id, task_id, channel } = row
  await appendEvents(tx, 'notifications', [
    newEvent('task-reminders', reminderFailed, {
      key: task_id,
      subject: task_id,
      user_id: row.user_id,
      payload: { reminder_id, task_id, channel, reason },
    }),
  ])
}

/** Nobody is there to get it. */
export const recordSuppressed = async (tx: Tx, row: LedgerRow, reason: string): Promise<void> => {
  await close(tx, row, { state: 'suppressed', reason })
}

/** The attempt failed for now: another follows after 5 s, 10 s, 20 s ... at most 10 min; after a day it has failed. */
export const recordAttempt = async (tx: Tx, row: LedgerRow, reason: string): Promise<void> => {
  const now = tx.clock.now()
  if (Temporal.Instant.compare(Temporal.Instant.from(row.created_at).add(giveUpAfter), now) < 0) {
    return recordFailed(tx, row, reason)
  }
  const seconds = Math.min(600, 5 * 2 ** (row.attempts - 1))
  await tx
    .update(ledger)
    .set({ next_attempt_at: now.add({ seconds }).toString(), reason })
    .where(sameRow(row))
}

const sameRow = ({ reminder_id, fired_for, channel }: LedgerRow) =>
  and(eq(ledger.reminder_id, reminder_id), eq(ledger.fired_for, fired_for), eq(ledger.channel, channel))

/** True when the row was still open: of two replicas that sent the same mail, one tells of it. */
const close = async (tx: Tx, row: LedgerRow, change: Partial<LedgerRow>): Promise<boolean> => {
  const closed = await tx
    .update(ledger)
    .set({ ...change, next_attempt_at: null })
    .where(and(sameRow(row), eq(ledger.state, 'pending')))
    .returning({ state: sql<string>`state` })
  return closed.length > 0
}
