import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { endOtherSessions } from '../sessions.ts'
import * as users from '../users.ts'
import { givenPassword, newPassword } from './schemas.ts'
import { wrongPassword } from './wrong-password.ts'

/** API tokens stay: they do not depend on the password, and each is revoked by itself. */
export const changePassword = ({ db, transaction, passwords, checkPassword, authentication }: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/change-password',
    summary: 'Change your password and sign out everywhere else',
    access: 'person',
    body: z.strictObject({ current_password: givenPassword, new_password: newPassword }),
    answers: { 204: null },
    handle: async ({ body: { current_password: password, new_password }, user: person, address, origin }) => {
      const user = await users.findUser(db, person.user_id)
      const { email, password_hash: stored } = user
      const { right, headers } = await checkPassword({ email, password, stored, address })
      if (!right) throw wrongPassword('current_password', headers)
      const password_hash = await passwords.hash(new_password)
      const ended = await transaction(async (tx) => {
        if (!(await users.changePassword(tx, user, password_hash))) throw wrongPassword('current_password', headers)
        return endOtherSessions(tx, person)
      }, origin)
      authentication.forgetSessions(ended)
      return { status: 204 }
    },
  })
