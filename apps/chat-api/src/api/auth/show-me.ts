import { endpoint } from '@taskflow/service-kit'
import type { Deps } from '../../deps.ts'
import { findUser, publicUser } from '../../domain/users.ts'
import { userAnswer } from './schemas.ts'

export const showMe = ({ db }: Deps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/auth/me',
    summary: 'Show your account',
    access: 'user',
    scope: 'account:read',
    answers: { 200: userAnswer },
    handle: async ({ user }) => ({ status: 200, body: publicUser(await findUser(db, user.user_id)) }),
  })
