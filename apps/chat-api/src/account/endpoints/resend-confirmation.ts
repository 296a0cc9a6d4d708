import { endpoint, tooManyRequests } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { lockUser } from '../mail/confirm-address.ts'
import { requireAllowed, requireMailsLeft } from '../mail/mail-limits.ts'
import { sendProof } from '../mail/send-proof.ts'
import { isSuppressed } from '../mail/suppression.ts'

/** Also the way back for an address that was unsubscribed: confirming it again ends that. */
export const resendConfirmation = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/resend-confirmation',
    summary: 'Have the link that confirms your e-mail address mailed again; nothing is mailed when that is not needed',
    access: 'person',
    body: z.strictObject({}),
    answers: { 202: null },
    handle: async ({ user: { user_id }, address, origin }) => {
      const { transaction, accountMail } = deps
      const { limits } = accountMail
      await requireMailsLeft(deps, limits, address)
      await requireAllowed(deps, limits.ofPerson, `account mails ${user_id}`, 'you asked for too many mails')
      await transaction(async (tx) => {
        const user = await lockUser(tx, user_id)
        if (!user || (user.email_confirmed_at !== null && !(await isSuppressed(tx, user.address_hash)))) return
        const exceeded = await sendProof(tx, accountMail, user, { purpose: 'confirm', address: user.email })
        if (exceeded) throw tooManyRequests('this address was mailed too often', exceeded)
      }, origin)
      return { status: 202 }
    },
  })
