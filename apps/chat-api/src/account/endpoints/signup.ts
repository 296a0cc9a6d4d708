import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { hasMailsLeft, requireAllowed } from '../mail/mail-limits.ts'
import { sendProof } from '../mail/send-proof.ts'
import { networkOf } from '../network-of.ts'
import { beginSession, deviceOf } from '../sessions.ts'
import { createUser } from '../users.ts'
import { requireUncommon } from './require-uncommon.ts'
import { email, newPassword, profile } from './schemas.ts'
import { signedIn, signedInAnswer } from './signed-in.ts'

/**
 * Problem 429 when too many accounts were made from a network, or from all. The network comes first: one alone cannot
 * use up what all have.
 */
export const requireSignupsLeft = async (deps: AccountDeps, address: string): Promise<void> => {
  const subject = `signup address ${networkOf(address)}`
  await requireAllowed(deps, deps.signupsPerAddress, subject, 'too many accounts from your network address')
  await requireAllowed(deps, deps.signupsInAll, 'signups in all', 'too many accounts are made at this time')
}

export const signup = (deps: AccountDeps) => {
  const { clock, transaction, passwords, accountMail } = deps
  return endpoint({
    method: 'post',
    path: '/api/v1/auth/signup',
    summary: 'Create an account and sign in',
    access: 'public',
    body: z.strictObject({
      email,
      password: newPassword,
      name: profile.shape.name,
      time_zone: profile.shape.time_zone.default('UTC'),
      locale: profile.shape.locale.default('en'),
    }),
    answers: { 201: signedInAnswer },
    handle: async ({ body: { password, ...person }, headers, address, origin }) => {
      requireUncommon(password, person, 'password')
      await requireSignupsLeft(deps, address)
      const password_hash = await passwords.hash(password)
      const created = await transaction(async (tx) => {
        const email_confirmed_at = accountMail.requiresConfirmation ? null : clock.now().toString()
        const address_hash = accountMail.hashes.of(person.email)
        const user = await createUser(tx, { ...person, password_hash, email_confirmed_at, address_hash })
        const session = await beginSession(tx, user.id, deviceOf({ headers, address }))
        // Without a mail left, the account is made all the same: the person asks for the mail later.
        if (accountMail.requiresConfirmation && (await hasMailsLeft(tx, accountMail.limits, address))) {
          await sendProof(tx, accountMail, user, { purpose: 'confirm', address: user.email })
        }
        return { user, session }
      }, origin)
      return signedIn(deps, headers, { status: 201, ...created })
    },
  })
}
