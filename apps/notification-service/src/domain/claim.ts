import { type Channel, type LedgerRow, ledger, type Recipient, recipients, reminderStates } from '@taskflow/database'
import { type Tx, tryAdvisoryLock } from '@taskflow/service-kit'
import { and, asc, eq, getTableColumns, gte, inArray } from 'drizzle-orm'
import { type Delivery, type Entry, isSameMoment } from './delivery.ts'
import { freeAt, type Limits, limitsOf, type Taken, take } from './limits.ts'
import { type Plan, planDelivery, type ReminderState } from './plan.ts'
import { putAside } from './put-aside.ts'
import { recordFailed, recordHeld, recordMailed, recordSuppressed, recordWaiting, sameRow, sameRows } from './record.ts'
import { busyOf, due, type Turns } from './turns.ts'

/** How long a claim lasts unless it is renewed. If this replica dies, another sends afterwards. */
const lease = Temporal.Duration.from({ minutes: 2 })

/** Rows of a person that one claim looks at. */
const maxLookedAt = 50
/** Reminders in one digest. */
const maxInDigest = 500

export interface ClaimOptions {
  channel: Channel
  turns: Turns
  /** Claims for at most so many people. */
  maxPeople: number
  /** Whether there is a place for a delivery to this person. */
  admit?: (user_id: string) => boolean
  limits: Limits
  /** The domain of a Message-ID. */
  host: string
}

/**
 * Claims due notifications, one delivery per person, so that neither a slow receiver nor somebody with many of them
 * delays others. `again` is when to look again, in milliseconds; undefined when nothing was due.
 */
export const claimDeliveries = async (
  tx: Tx,
  options: ClaimOptions,
): Promise<{ deliveries: Delivery[]; again: number | undefined }> => {
  const { channel, turns, maxPeople, admit } = options
  const deliveries: Delivery[] = []
  const people = await turns.take(tx, maxPeople, admit)
  let hasLooked = false
  for (const user_id of people) {
    // Another replica is claiming for this person, or has.
    if (!(await tryAdvisoryLock(tx, 'claim', `${channel} ${user_id}`))) continue
    if ((await busyOf(tx, channel, [user_id])).size > 0) continue
    hasLooked = true
    const delivery = await claimOne(tx, user_id, options)
    if (delivery) deliveries.push(delivery)
  }
  return { deliveries, again: people.length === 0 ? undefined : hasLooked ? 0 : 50 }
}

const claimOne = async (tx: Tx, user_id: string, options: ClaimOptions): Promise<Delivery | undefined> => {
  const [recipient] = await tx.select().from(recipients).where(eq(recipients.user_id, user_id))
  const [first, ...others] = await readyRows(tx, await dueRows(tx, user_id, options), recipient)
  if (!first || !recipient) return undefined
  if (first.digest === null && options.channel === 'email') {
    const mailed = await findMailed(tx, first)
    if (mailed) return recordMailed(tx, first, mailed)
    const rows = [first, ...others.filter((row) => row.digest === null && isSameMoment(row, first))]
    return startDelivery(tx, { rows, recipient }, options)
  }
  if (first.digest === null) return startDelivery(tx, { rows: [first], recipient }, options)
  // All of the digest, of which more may be due than were looked at.
  const known = [first, ...others].filter(({ digest }) => digest === first.digest)
  const more = await dueRows(tx, user_id, options, known)
  const rows = [...known, ...(await readyRows(tx, more, recipient))].slice(0, maxInDigest)
  return startDelivery(tx, { rows, recipient }, options)
}

/** Rows of one moment are written within so long of each other. */
const oneMoment = { minutes: 10 }

/** The Message-ID of the mail that another reminder of the same task and moment was sent in. */
const findMailed = async (tx: Tx, { user_id, task_id, fired_for, created_at }: Entry): Promise<string | undefined> => {
  const [mailed] = await tx
    .select({ message_id: ledger.message_id })
    .from(ledger)
    .where(
      and(
        eq(ledger.user_id, user_id),
        gte(ledger.created_at, Temporal.Instant.from(created_at).subtract(oneMoment).toString()),
        eq(ledger.task_id, task_id),
        eq(ledger.fired_for, fired_for),
        eq(ledger.channel, 'email'),
        eq(ledger.state, 'sent'),
      ),
    )
    .limit(1)
  return mailed?.message_id
}

/** Everything of a row but its texts: only those that are sent are read. */
const { content: _, ...entry } = getTableColumns(ledger)

/** A person's oldest due rows; with `known`, the others of that digest. */
const dueRows = async (tx: Tx, user_id: string, { channel }: ClaimOptions, known: Entry[] = []): Promise<Entry[]> => {
  const [first] = known
  const rows = await tx
    .select(entry)
    .from(ledger)
    .where(
      and(
        eq(ledger.user_id, user_id),
        due(channel, tx.clock.now().toString()),
        first && eq(ledger.digest, first.digest!),
      ),
    )
    .orderBy(asc(ledger.next_attempt_at), asc(ledger.fired_for))
    .limit(first ? maxInDigest : maxLookedAt)
    .for('update')
  const isKnown = new Set(known.map(idOf))
  return rows.filter((row) => !isKnown.has(idOf(row)))
}

const idOf = ({ reminder_id, fired_for }: Entry) => `${reminder_id} ${fired_for}`

/** Those of the rows that are to be sent now. For the others, records why not: one statement for all of a kind. */
const readyRows = async (tx: Tx, rows: Entry[], recipient: Recipient | undefined): Promise<Entry[]> => {
  const now = tx.clock.now()
  const reminders = await statesOf(tx, rows)
  const ready: Entry[] = []
  const postponed = new Map<string, { plan: Plan; rows: Entry[] }>()
  for (const row of rows) {
    const plan = planDelivery(row, recipient, reminders.get(row.reminder_id), now)
    if (plan.what !== 'send') {
      const key = JSON.stringify(plan)
      const group = postponed.get(key)
      if (group) group.rows.push(row)
      else postponed.set(key, { plan, rows: [row] })
    } else if (row.copies < 2) ready.push(row)
    else await recordFailed(tx, row, `handed over twice without an answer, it may have arrived: ${row.reason}`)
  }
  for (const { plan, rows } of postponed.values()) await postpone(tx, rows, plan)
  return ready
}

const postpone = async (tx: Tx, rows: Entry[], plan: Plan): Promise<void> => {
  if (plan.what === 'suppress') await recordSuppressed(tx, rows, plan.reason)
  if (plan.what === 'hold') await recordHeld(tx, rows, plan.reason)
  if (plan.what === 'wait') await recordWaiting(tx, rows, plan.until, plan.digest)
}

/** Claims the rows of a delivery, unless it must wait for a limit. */
const startDelivery = async (
  tx: Tx,
  { rows: entries, recipient }: { rows: Entry[]; recipient: Recipient },
  { channel, host, limits: settings }: ClaimOptions,
): Promise<Delivery | undefined> => {
  const { user_id } = recipient
  const { digest, message_id: ownId } = entries[0]!
  const limits = limitsOf(channel, user_id, settings)
  for (const limit of limits) {
    const until = await freeAt(tx, limit)
    if (!until) continue
    if (digest === null) await putAside(tx, { user_id, channel, until, limit, queue: settings.waitingPerPerson })
    else await recordWaiting(tx, entries, until, digest, limit.reason)
    return undefined
  }
  const taken: Taken[] = []
  for (const limit of limits) taken.push(...(await take(tx, limit)))
  const message_id = digest === null ? ownId : `<digest.${user_id}.${digest}@${host}>`
  const claimed_until = tx.clock.now().add(lease).toString()
  const contents = await contentsOf(tx, entries)
  const rows: LedgerRow[] = entries.map((row) => ({
    ...row,
    content: contents.get(idOf(row)),
    message_id,
    attempts: row.attempts + 1,
    copies: row.copies + (channel === 'email' ? 1 : 0),
  }))
  for (const row of rows) {
    const { attempts, copies } = row
    await tx.update(ledger).set({ claimed_until, message_id, attempts, copies }).where(sameRow(row))
  }
  return { channel, rows, recipient, digest, message_id, taken }
}

const contentsOf = async (tx: Tx, rows: Entry[]) => {
  const found = await tx.select().from(ledger).where(sameRows(rows))
  return new Map(found.map((row) => [idOf(row), row.content]))
}

/** Extends the claim of a delivery that is still being sent. */
export const renewClaim = async (tx: Tx, { rows }: Delivery): Promise<void> => {
  const claimed_until = tx.clock.now().add(lease).toString()
  await tx
    .update(ledger)
    .set({ claimed_until })
    .where(and(sameRows(rows), eq(ledger.state, 'pending')))
}

/** The states of these rows' reminders at chat-api, which owns them. */
const statesOf = async (tx: Tx, rows: Entry[]): Promise<Map<string, ReminderState>> => {
  const ids = rows.map((row) => row.reminder_id)
  if (ids.length === 0) return new Map()
  const found = await tx.select().from(reminderStates).where(inArray(reminderStates.reminder_id, ids))
  return new Map(found.map((each) => [each.reminder_id, each]))
}
