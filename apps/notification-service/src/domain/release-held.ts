import { ledger } from '@taskflow/database'
import { advisoryLock, type Tx } from '@taskflow/service-kit'
import { and, eq, gt } from 'drizzle-orm'
import { giveUpAfter } from './record.ts'

/** What was held for longer says nothing any more. */
const ofUseFor = Temporal.Duration.from({ hours: 24 })

/**
 * The address is confirmed: held reminders of the last day are sent, older ones are not. Waits for a claim of this
 * person that is being made, which may have seen the address unconfirmed.
 */
export const releaseHeld = async (tx: Tx, user_id: string): Promise<void> => {
  await advisoryLock(tx, 'claim', `email ${user_id}`)
  const now = tx.clock.now()
  const isHeld = and(eq(ledger.user_id, user_id), eq(ledger.state, 'held'))
  await tx
    .update(ledger)
    .set({
      state: 'pending',
      reason: null,
      next_attempt_at: now.toString(),
      give_up_at: now.add(giveUpAfter).toString(),
    })
    .where(and(isHeld, gt(ledger.created_at, now.subtract(ofUseFor).toString())))
  await tx
    .update(ledger)
    .set({ state: 'suppressed', reason: 'the e-mail address was confirmed more than a day later' })
    .where(isHeld)
}
