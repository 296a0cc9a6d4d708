import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { requestReset } from '../mail/answer-reset-requests.ts'
import { requireAllowed, requireMailsLeft } from '../mail/mail-limits.ts'
import { hashOf } from '../secret-tokens.ts'
import { email } from './schemas.ts'

/**
 * An address without an account gets the same answer after the same work. While the limit of an address is reached, the
 * link of one of its mails still works, so nobody can be kept from a new password.
 */
export const forgotPassword = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/forgot-password',
    summary: 'Have a link to set a new password mailed, if the address has an account',
    access: 'public',
    body: z.strictObject({ email }),
    answers: { 202: null },
    handle: async ({ body: { email }, address, origin }) => {
      const { transaction, accountMail, resetAnswers } = deps
      const { limits } = accountMail
      await requireMailsLeft(deps, limits, address)
      const subject = `password reset ${hashOf(email.toLowerCase())}`
      await requireAllowed(deps, limits.resets, subject, 'this address was mailed too often')
      await transaction((tx) => requestReset(tx, email), origin)
      resetAnswers.wake()
      return { status: 202 }
    },
  })
