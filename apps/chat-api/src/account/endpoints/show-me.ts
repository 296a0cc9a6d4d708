import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { ownAccount } from '../own-account.ts'
import { findUser } from '../users.ts'
import { meAnswer } from './schemas.ts'

export const showMe = ({ db }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/auth/me',
    summary: 'Show your account',
    access: 'user',
    scope: 'account:read',
    answers: { 200: meAnswer },
    handle: async ({ user }) => ({ status: 200, body: await ownAccount(db, await findUser(db, user.user_id)) }),
  })
