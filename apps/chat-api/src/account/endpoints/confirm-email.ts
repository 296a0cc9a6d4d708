import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { confirmAddress } from '../mail/confirm-address.ts'
import { forgetAccess } from '../mail/end-access.ts'
import { requireLinksLeft } from '../mail/mail-limits.ts'
import { mailToken, unusableLink } from './mail-token.ts'

/** The token is enough: the mail may be read on another device than the one that is signed in. */
export const confirmEmail = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/confirm-email',
    summary: 'Confirm an e-mail address with the token of a mail; a new address ends all sessions',
    access: 'public',
    body: z.strictObject({ token: mailToken }),
    problems: [409],
    answers: { 200: z.object({ email: z.string() }).meta({ id: 'ConfirmedEmail' }) },
    handle: async ({ body: { token }, address, headers, origin }) => {
      const { transaction, accountMail, authentication } = deps
      await requireLinksLeft(deps, accountMail.limits, address)
      const confirmed = await transaction((tx) => confirmAddress(tx, accountMail, { token, headers }), origin)
      if (!confirmed) throw unusableLink()
      forgetAccess(authentication, confirmed.ended)
      return { status: 200, body: { email: confirmed.email }, headers: { 'cache-control': 'no-store' } }
    },
  })
