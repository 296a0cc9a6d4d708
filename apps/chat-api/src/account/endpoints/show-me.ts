import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { findUser, publicUser } from '../users.ts'
import { userAnswer } from './schemas.ts'

export const showMe = ({ db }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/auth/me',
    summary: 'Show your account',
    access: 'user',
    scope: 'account:read',
    answers: { 200: userAnswer },
    handle: async ({ user }) => ({ status: 200, body: publicUser(await findUser(db, user.user_id)) }),
  })
