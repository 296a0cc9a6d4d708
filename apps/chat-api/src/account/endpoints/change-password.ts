import { endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { countFailedSignIn, countingRefusals } from '../failed-sign-ins.ts'
import { notifyAccountChange } from '../mail/notify-account-change.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { revocable, revokeAccess } from '../revoke-access.ts'
import { endOtherSessions } from '../session-list.ts'
import * as users from '../users.ts'
import { requireUncommon } from './require-uncommon.ts'
import { givenPassword, newPassword } from './schemas.ts'
import { wrongPassword } from './wrong-password.ts'

/** API tokens and the calendar feed stay unless the person says so: each can be revoked by itself. */
export const changePassword = (deps: AccountDeps) => {
  const { db, transaction, passwords, checkPassword, authentication } = deps
  return endpoint({
    method: 'post',
    path: '/api/v1/auth/change-password',
    summary: 'Change your password and sign out everywhere else',
    access: 'person',
    body: z.strictObject({
      current_password: givenPassword,
      new_password: newPassword,
      also_revoke: revocable,
    }),
    problems: [409],
    answers: { 204: null },
    handle: async ({ body, user: person, address, headers: sent, origin }) => {
      const { current_password: password, new_password, also_revoke } = body
      const { user_id, session_id: known } = person
      const user = await users.findUser(db, user_id)
      const { email, password_hash: stored } = user
      if (stored === null) {
        throw new Problem('conflict', 'you have no password: have a link to set one mailed, by "Forgot your password?"')
      }
      requireUncommon(new_password, user, 'new_password')
      const tried = { user_id, action: 'confirmation_failed', address, headers: sent } as const
      const { right, headers } = await countingRefusals(deps, tried, () =>
        checkPassword({ email, password, stored, address, known }),
      )
      if (!right) {
        await countFailedSignIn(deps, tried)
        throw wrongPassword('current_password', headers)
      }
      const password_hash = await passwords.hash(new_password)
      const { sessions, tokens } = await transaction(async (tx) => {
        if (!(await users.changePassword(tx, user, password_hash))) throw wrongPassword('current_password', headers)
        await notifyAccountChange(tx, user_id, 'password-changed', {})
        const sessions = await endOtherSessions(tx, person)
        const tokens = await revokeAccess(tx, user_id, also_revoke)
        const details = {
          ended_sessions: sessions.length,
          ...(also_revoke.length > 0 && { also_revoked: also_revoke }),
        }
        await recordAccountAction(tx, user_id, { action: 'password_changed', actor: 'person', headers: sent, details })
        return { sessions, tokens }
      }, origin)
      authentication.forgetSessions(sessions)
      tokens.forEach(authentication.forgetApiToken)
      return { status: 204 }
    },
  })
}
