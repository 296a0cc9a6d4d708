import { endpoint } from '@taskflow/service-kit'
import { usesRefreshCookie, writeCookie } from '../cookies.ts'
import type { AccountDeps } from '../deps.ts'
import { endSession } from '../sessions.ts'
import { givenRefreshToken, refreshToken } from './refresh-token.ts'

/** The refresh token is enough to end its session, also when the access token has expired. */
export const logout = ({ db, authentication, publicUrl }: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/logout',
    summary: 'Sign out; repeating it changes nothing',
    access: 'public',
    body: refreshToken,
    answers: { 204: null },
    handle: async ({ body, headers }) => {
      const ended = await endSession(db, givenRefreshToken(body, headers))
      if (ended) authentication.forgetSessions([ended])
      const cleared = { 'set-cookie': writeCookie('refresh', undefined, publicUrl) }
      return { status: 204, ...(usesRefreshCookie(headers) ? { headers: cleared } : {}) }
    },
  })
