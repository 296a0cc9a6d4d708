import { type Channel, type LedgerRow, ledger, recipients, reminderStates } from '@taskflow/database'
import { type Tx, tryAdvisoryLock } from '@taskflow/service-kit'
import { and, asc, eq, gt, inArray, isNull, lte, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Delivery } from './delivery.ts'
import { freeAt, type Limit, personLimit, serverLimit, type Taken, take } from './limits.ts'
import { type Plan, planDelivery, type ReminderState } from './plan.ts'
import { recordFailed, recordHeld, recordSuppressed, recordWaiting, sameRow } from './record.ts'

/** How long a claim lasts unless it is renewed. If this replica dies, another sends afterwards. */
const lease = Temporal.Duration.from({ minutes: 2 })

export interface ClaimOptions {
  channel: Channel
  /** Claims for at most so many people. */
  maxPeople: number
  /** Mails per day, and per hour to one person; 0: no limit. */
  limits: { perDay: number; perPersonPerHour: number }
  /** The domain of a Message-ID. */
  host: string
}

/**
 * Claims due notifications, one delivery per person, so that one slow receiver does not delay others. `again` is when
 * to look again, in milliseconds; undefined when nothing was due.
 */
export const claimDeliveries = async (
  tx: Tx,
  options: ClaimOptions,
): Promise<{ deliveries: Delivery[]; again: number | undefined }> => {
  const deliveries: Delivery[] = []
  const people = await peopleWithDue(tx, options.channel)
  let hasLooked = false
  for (const user_id of people.slice(0, options.maxPeople)) {
    // Another replica is claiming for this person.
    if (!(await tryAdvisoryLock(tx, 'claim', `${options.channel} ${user_id}`))) continue
    hasLooked = true
    const delivery = await claimOne(tx, user_id, options)
    if (delivery) deliveries.push(delivery)
  }
  return { deliveries, again: people.length === 0 ? undefined : hasLooked ? 0 : 50 }
}

const due = (channel: Channel, now: string) =>
  and(
    eq(ledger.state, 'pending'),
    eq(ledger.channel, channel),
    lte(ledger.next_attempt_at, now),
    or(isNull(ledger.claimed_until), lte(ledger.claimed_until, now)),
  )

/** People with due notifications to whom nothing is being sent, the longest waiting first. */
const peopleWithDue = async (tx: Tx, channel: Channel): Promise<string[]> => {
  const now = tx.clock.now().toString()
  const busy = alias(ledger, 'busy')
  const isBeingSent = tx
    .select({ one: sql`1` })
    .from(busy)
    .where(
      and(
        eq(busy.user_id, ledger.user_id),
        eq(busy.channel, ledger.channel),
        eq(busy.state, 'pending'),
        gt(busy.claimed_until, now),
      ),
    )
  const rows = await tx
    .select({ user_id: ledger.user_id })
    .from(ledger)
    .where(and(due(channel, now), notExists(isBeingSent)))
    .orderBy(asc(ledger.next_attempt_at))
    .limit(64)
  return [...new Set(rows.map((row) => row.user_id))]
}

const claimOne = async (tx: Tx, user_id: string, options: ClaimOptions): Promise<Delivery | undefined> => {
  const now = tx.clock.now()
  const rows = await tx
    .select()
    .from(ledger)
    .where(and(eq(ledger.user_id, user_id), due(options.channel, now.toString())))
    .orderBy(asc(ledger.next_attempt_at), asc(ledger.fired_for))
    .limit(500)
    .for('update')
  const [recipient] = await tx.select().from(recipients).where(eq(recipients.user_id, user_id))
  const reminders = await statesOf(tx, rows)
  const ready: LedgerRow[] = []
  for (const row of rows) {
    const plan = planDelivery(row, recipient, reminders.get(row.reminder_id), now)
    if (plan.what === 'send' && row.copies < 2) ready.push(row)
    else await postpone(tx, row, plan)
  }
  const [first] = ready
  if (!first || !recipient) return undefined
  return startDelivery(tx, { ...groupOf(first, ready, options), recipient }, options)
}

/** Records why a row is not sent now. */
const postpone = (tx: Tx, row: LedgerRow, plan: Plan): Promise<void> => {
  if (plan.what === 'suppress') return recordSuppressed(tx, row, plan.reason)
  if (plan.what === 'hold') return recordHeld(tx, row, plan.reason)
  if (plan.what === 'wait') return recordWaiting(tx, row, plan.until, plan.digest)
  return recordFailed(tx, row, `handed over twice without an answer, it may have arrived: ${row.reason}`)
}

const groupOf = (first: LedgerRow, ready: LedgerRow[], { channel, host }: ClaimOptions) => {
  const { digest, message_id } = first
  if (digest === null) return { channel, rows: [first], digest, message_id }
  const rows = ready.filter((row) => row.digest === digest)
  return { channel, rows, digest, message_id: `<digest.${first.user_id}.${digest}@${host}>` }
}

/** Claims the rows of a delivery, unless it must wait for a limit. */
const startDelivery = async (
  tx: Tx,
  delivery: Omit<Delivery, 'taken'>,
  options: ClaimOptions,
): Promise<Delivery | undefined> => {
  const limits = limitsOf(delivery, options)
  for (const limit of limits) {
    const until = await freeAt(tx, limit)
    if (!until) continue
    const reason = `at most ${limit.count} mails in ${limit.window.hours} h (${limit.subject === 'mail server' ? 'mail server' : 'per person'})`
    for (const row of delivery.rows) await recordWaiting(tx, row, until, row.digest, reason)
    return undefined
  }
  const taken: Taken[] = []
  for (const limit of limits) taken.push(...(await take(tx, limit)))
  const { message_id } = delivery
  const claimed_until = tx.clock.now().add(lease).toString()
  const rows = delivery.rows.map((row) => ({
    ...row,
    message_id,
    attempts: row.attempts + 1,
    copies: row.copies + (delivery.channel === 'email' ? 1 : 0),
  }))
  for (const row of rows) {
    const { attempts, copies } = row
    await tx.update(ledger).set({ claimed_until, message_id, attempts, copies }).where(sameRow(row))
  }
  return { ...delivery, rows, taken }
}

const limitsOf = ({ channel, recipient }: Omit<Delivery, 'taken'>, { limits }: ClaimOptions): Limit[] =>
  channel === 'email' ? [serverLimit(limits.perDay), personLimit(recipient.user_id, limits.perPersonPerHour)] : []

/** Extends the claim of a delivery that is still being sent. */
export const renewClaim = async (tx: Tx, { rows }: Delivery): Promise<void> => {
  const claimed_until = tx.clock.now().add(lease).toString()
  for (const row of rows) {
    await tx
      .update(ledger)
      .set({ claimed_until })
      .where(and(sameRow(row), eq(ledger.state, 'pending')))
  }
}

/** The states of these rows' reminders at chat-api, which owns them. */
const statesOf = async (tx: Tx, rows: LedgerRow[]): Promise<Map<string, ReminderState>> => {
  const ids = rows.map((row) => row.reminder_id)
  const found = await tx.select().from(reminderStates).where(inArray(reminderStates.reminder_id, ids))
  return new Map(found.map((each) => [each.reminder_id, each]))
}
