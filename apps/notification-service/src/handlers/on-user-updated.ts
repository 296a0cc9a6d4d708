import { ledger } from '@taskflow/database'
import type { userUpdated } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { and, eq } from 'drizzle-orm'
import type { Deps } from '../deps.ts'
import { releaseHeld } from '../domain/release-held.ts'

/**
 * New time zone or preferences: notifications that wait for quiet hours or a digest are planned again. A confirmed
 * address: what was held for it is sent.
 */
export const onUserUpdated =
  ({ sending }: Pick<Deps, 'sending'>): Handler<typeof userUpdated> =>
  async ({ user, changed }, tx) => {
    if (changed.email_confirmed) await releaseHeld(tx, user.id)
    await tx
      .update(ledger)
      .set({ next_attempt_at: tx.clock.now().toString(), digest: null })
      .where(and(eq(ledger.user_id, user.id), eq(ledger.state, 'pending'), eq(ledger.attempts, 0)))
    tx.afterCommit.push(sending.wake)
  }
