import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { forgetAccess } from '../mail/end-access.ts'
import { requireLinksLeft } from '../mail/mail-limits.ts'
import { findMailToken } from '../mail/mail-tokens.ts'
import * as mail from '../mail/reset-password.ts'
import { revocable } from '../revoke-access.ts'
import { findUser } from '../users.ts'
import { mailToken, unusableLink } from './mail-token.ts'
import { requireUncommon } from './require-uncommon.ts'
import { newPassword } from './schemas.ts'

/** Signs nobody in: the person signs in with the new password, and a second factor if there is one. */
export const resetPassword = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/reset-password',
    summary: 'Set a new password with the token of a mail and sign out everywhere',
    access: 'public',
    body: z.strictObject({
      token: mailToken,
      new_password: newPassword,
      also_revoke: revocable,
    }),
    answers: { 204: null },
    handle: async ({ body: { token, new_password, also_revoke }, address, headers, origin }) => {
      const { db, clock, transaction, passwords, accountMail, authentication } = deps
      await requireLinksLeft(deps, accountMail.limits, address)
      const found = await findMailToken(db, token, ['reset'], clock.now())
      if (!found) throw unusableLink()
      requireUncommon(new_password, await findUser(db, found.user_id), 'new_password')
      const reset = { token, also_revoke, headers, password_hash: await passwords.hash(new_password) }
      const ended = await transaction((tx) => mail.resetPassword(tx, accountMail, reset), origin)
      if (!ended) throw unusableLink()
      forgetAccess(authentication, ended)
      return { status: 204 }
    },
  })
