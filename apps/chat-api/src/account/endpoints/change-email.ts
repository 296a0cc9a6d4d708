import { endpoint, invalid, tooManyRequests } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { partOf } from '../mail/confirm-address.ts'
import { requireAllowed, requireMailsLeft } from '../mail/mail-limits.ts'
import { notifyAccountChange } from '../mail/notify-account-change.ts'
import { sendProof } from '../mail/send-proof.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { findUser, holdPassword } from '../users.ts'
import { requireOwner } from './require-owner.ts'
import { email, ownersPassword } from './schemas.ts'
import { wrongPassword } from './wrong-password.ts'

/** Whether the new address has an account is not revealed here: its owner learns it when following the link. */
export const changeEmail = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/change-email',
    summary: 'Have a link mailed to a new e-mail address; it replaces yours once the link is followed',
    access: 'person',
    body: z.strictObject({ email, password: ownersPassword }),
    answers: { 202: null },
    handle: async ({ body: { email: wanted, password }, user: person, address, headers: sent, origin }) => {
      const { db, transaction, accountMail } = deps
      const { limits } = accountMail
      const { user_id } = person
      const user = await findUser(db, user_id)
      const headers = await requireOwner(deps, user, person, { password, address, headers: sent })
      if (wanted.toLowerCase() === user.email.toLowerCase()) throw invalid('email', 'is your address already')
      await requireMailsLeft(deps, limits, address)
      await requireAllowed(deps, limits.ofPerson, `account mails ${user_id}`, 'you asked for too many mails')
      await transaction(async (tx) => {
        if (!(await holdPassword(tx, user))) throw wrongPassword('password', headers)
        const exceeded = await sendProof(tx, accountMail, user, { purpose: 'change', address: wanted })
        if (exceeded) throw tooManyRequests('this address was mailed too often', exceeded)
        await recordAccountAction(tx, user_id, { action: 'email_change_requested', actor: 'person', headers: sent })
        await notifyAccountChange(tx, user_id, 'address-change-requested', { new_address: partOf(wanted) })
      }, origin)
      return { status: 202 }
    },
  })
