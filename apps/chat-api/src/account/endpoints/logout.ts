import { endpoint } from '@taskflow/service-kit'
import type { AccountDeps } from '../deps.ts'
import { endSession } from '../sessions.ts'
import { refreshToken } from './schemas.ts'

/** The refresh token is enough to end its session, also when the access token has expired. */
export const logout = ({ db, authentication }: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/logout',
    summary: 'Sign out; repeating it changes nothing',
    access: 'public',
    body: refreshToken,
    answers: { 204: null },
    handle: async ({ body }) => {
      const ended = await endSession(db, body.refresh_token)
      if (ended) authentication.forgetSessions([ended])
      return { status: 204 }
    },
  })
