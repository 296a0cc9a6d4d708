import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { deleteAccount, type Forget } from '../delete-account.ts'
import type { AccountDeps } from '../deps.ts'
import { countFailedSignIn } from '../failed-sign-ins.ts'
import { findUser } from '../users.ts'
import { givenPassword } from './schemas.ts'
import { wrongPassword } from './wrong-password.ts'

export const deleteMe = (deps: AccountDeps, forget: Forget) => {
  const { db, transaction, checkPassword, authentication } = deps
  return endpoint({
    method: 'delete',
    path: '/api/v1/auth/me',
    summary: 'Delete your account and all that is yours, for good',
    access: 'person',
    body: z.strictObject({ password: givenPassword }),
    answers: { 204: null },
    handle: async ({ body: { password }, user: person, address, headers: sent, origin }) => {
      const user = await findUser(db, person.user_id)
      const { email, password_hash: stored } = user
      const { right, headers } = await checkPassword({ email, password, stored, address, known: person.session_id })
      const ended = right ? await transaction((tx) => deleteAccount(tx, user, forget), origin) : undefined
      if (!ended) {
        const failed = { user_id: user.id, action: 'confirmation_failed', address, headers: sent } as const
        await countFailedSignIn(deps, failed)
        throw wrongPassword('password', headers)
      }
      authentication.forgetSessions(ended)
      return { status: 204 }
    },
  })
}
