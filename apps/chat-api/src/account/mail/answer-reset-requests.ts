import { resetRequests } from '@taskflow/database'
import { type BaseDeps, createLoop, type Loop, type Origin, type Tx, withOrigin } from '@taskflow/service-kit'
import { asc, eq, gt } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { recordAccountAction } from '../record-account-action.ts'
import { findUserByEmail } from '../users.ts'
import type { AccountMail } from './deps.ts'
import { sendProof } from './send-proof.ts'

const poll = 10_000

/** The mail is of no use to somebody who has given up. */
const waitHours = 1

/** Notes that a new password was asked for. The same statement for every address, whether or not it has an account. */
export const requestReset = async (tx: Tx, address: string): Promise<void> => {
  const expires_at = tx.clock.now().add({ hours: waitHours }).toString()
  await tx.insert(resetRequests).values({ id: uuidv7(), address, origin: tx.origin, expires_at })
}

/**
 * Looks for the accounts of addresses for which a new password was asked for, and writes the mails. Apart from the
 * request, whose answer and duration therefore reveal nothing. Each request is answered by one replica, once.
 */
export const createResetAnswers = ({ transaction, log }: BaseDeps, mail: AccountMail): Loop => {
  const answerOne = (tx: Tx): Promise<boolean> =>
    tx
      .select()
      .from(resetRequests)
      .where(gt(resetRequests.expires_at, tx.clock.now().toString()))
      .orderBy(asc(resetRequests.id))
      .limit(1)
      .for('update', { skipLocked: true })
      .then(async ([request]) => {
        if (!request) return false
        const { id, address, origin } = request
        await tx.delete(resetRequests).where(eq(resetRequests.id, id))
        const user = await findUserByEmail(tx, address)
        if (user && !user.suspended_at) {
          await recordAccountAction(withOrigin(tx, origin as Origin), user.id, {
            action: 'password_reset_requested',
            actor: 'anyone',
          })
          await sendProof(withOrigin(tx, origin as Origin), mail, user, { purpose: 'reset', address: user.email })
        }
        return true
      })
  const loop = createLoop({
    name: 'password reset requests',
    maxWait: poll,
    onError: (error) => log.warn('requests for a new password could not be answered', { error }),
    step: async (signal) => {
      while (!signal.aborted && (await transaction(answerOne))) {}
      return poll
    },
  })
  return {
    ...loop,
    start: () => {
      log.info(
        mail.requiresConfirmation
          ? 'an address gets reminders once its owner has confirmed it (REQUIRE_CONFIRMED_EMAIL)'
          : 'addresses need no confirmation (REQUIRE_CONFIRMED_EMAIL=false)',
      )
      loop.start()
    },
  }
}
