import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { deleteAccount, type Forget } from '../delete-account.ts'
import type { AccountDeps } from '../deps.ts'
import { findUser } from '../users.ts'
import { requireOwner } from './require-owner.ts'
import { ownersPassword } from './schemas.ts'
import { wrongPassword } from './wrong-password.ts'

export const deleteMe = (deps: AccountDeps, forget: Forget) => {
  const { db, transaction, authentication } = deps
  return endpoint({
    method: 'delete',
    path: '/api/v1/auth/me',
    summary: 'Delete your account and all that is yours, for good',
    access: 'person',
    body: z.strictObject({ password: ownersPassword }),
    answers: { 204: null },
    handle: async ({ body: { password }, user: person, address, headers: sent, origin }) => {
      const user = await findUser(db, person.user_id)
      const headers = await requireOwner(deps, user, person, { password, address, headers: sent })
      const ended = await transaction((tx) => deleteAccount(tx, user, forget), origin)
      if (!ended) throw wrongPassword('password', headers)
      authentication.forgetSessions(ended)
      return { status: 204 }
    },
  })
}
