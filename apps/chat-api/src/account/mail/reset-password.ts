import type { IncomingHttpHeaders } from 'node:http'
import { users } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { clearAttemptsOf } from '../attempts.ts'
import { loginSubjects } from '../password-check.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { lockUser, proveAddress } from './confirm-address.ts'
import type { AccountMail } from './deps.ts'
import { type EndedAccess, endAccess, endAllAccess } from './end-access.ts'
import { endMailTokens, takeMailToken } from './mail-tokens.ts'
import { notifyAccountChange } from './notify-account-change.ts'

/**
 * Sets a new password for whoever reads the account's mail, and ends all sessions. Where the address was not confirmed,
 * somebody else may have made the account: then everything that could act for it ends too. Undefined: the link no
 * longer works.
 */
export const resetPassword = async (
  tx: Tx,
  mail: AccountMail,
  reset: {
    token: string
    password_hash: string
    also_revoke: Parameters<typeof endAccess>[2]
    headers: IncomingHttpHeaders
  },
): Promise<EndedAccess | undefined> => {
  const taken = await takeMailToken(tx, reset.token, ['reset'])
  const user = taken && (await lockUser(tx, taken.user_id))
  if (!taken || !user || user.email !== taken.address) return undefined
  const { id, email } = user
  const isUnproven = user.email_confirmed_at === null
  await tx.update(users).set({ password_hash: reset.password_hash }).where(eq(users.id, id))
  await endMailTokens(tx, id, ['confirm', 'reset', 'change'])
  // Who was locked out by somebody's guesses gets in with the new password.
  await clearAttemptsOf(tx, loginSubjects(email))
  if (isUnproven) await proveAddress(tx, mail, user)
  else await notifyAccountChange(tx, id, 'password-reset', {})
  await recordAccountAction(tx, id, { action: 'password_reset', actor: 'anyone', headers: reset.headers })
  return isUnproven ? endAllAccess(tx, id) : endAccess(tx, id, reset.also_revoke)
}
