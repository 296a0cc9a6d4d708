import { type Channel, ledger } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, asc, count, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Limit } from './limits.ts'
import { giveUpAfter, publishFailed } from './record.ts'
import { due } from './turns.ts'

/** Rows that fail in one transaction; the rest has its turn later. */
const batch = 1_000

interface Aside {
  user_id: string
  channel: Channel
  until: Temporal.Instant
  /** What is used up. */
  limit: Limit
  /** How many may wait for a limit. */
  queue: number
}

/**
 * A limit is reached: all that is due for this person on this channel waits until there is room, in one statement and
 * without its texts. What does not fit into the person's queue has failed.
 */
export const putAside = async (tx: Tx, aside: Aside): Promise<void> => {
  const { user_id, channel, until, limit } = aside
  // Some are left: they are due, so this person has another turn.
  if ((await failExcess(tx, aside)) === batch) return
  await tx
    .update(ledger)
    .set({
      next_attempt_at: until.toString(),
      give_up_at: until.add(giveUpAfter).toString(),
      claimed_until: null,
      reason: limit.reason,
    })
    .where(and(eq(ledger.user_id, user_id), due(channel, tx.clock.now().toString()), isNull(ledger.digest)))
}

/** Fails what is due beyond the queue. What was tried before does not count: it may have arrived. */
const failExcess = async (tx: Tx, { user_id, channel, limit, queue }: Aside): Promise<number> => {
  const now = tx.clock.now().toString()
  const { next_attempt_at } = ledger
  const isTheirs = and(eq(ledger.user_id, user_id), isNull(ledger.digest), eq(ledger.attempts, 0))
  const [waiting] = await tx
    .select({ count: count() })
    .from(ledger)
    .where(
      and(
        isTheirs,
        eq(ledger.channel, channel),
        eq(ledger.state, 'pending'),
        gt(next_attempt_at, now),
        isNotNull(ledger.reason),
      ),
    )
  const excess = tx
    .select({ ctid: sql`ctid` })
    .from(ledger)
    .where(and(isTheirs, due(channel, now)))
    .orderBy(asc(next_attempt_at), asc(ledger.fired_for))
    .offset(Math.max(0, queue - waiting!.count))
    .limit(batch)
    .for('update')
  const reason = `more than ${queue} wait for a limit: ${limit.reason}`
  const failed = await tx
    .update(ledger)
    .set({ state: 'failed', reason, next_attempt_at: null, claimed_until: null })
    .where(sql`ctid = ANY (ARRAY(${excess}))`)
    .returning({ reminder_id: ledger.reminder_id, task_id: ledger.task_id, origin: ledger.origin })
  await publishFailed(
    tx,
    failed.map((row) => ({ ...row, user_id, channel })),
    reason,
  )
  return failed.length
}
