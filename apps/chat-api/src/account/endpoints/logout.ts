import { endpoint } from '@taskflow/service-kit'
import { usesRefreshCookie, writeCookie } from '../cookies.ts'
import type { AccountDeps } from '../deps.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { endSession } from '../sessions.ts'
import { givenRefreshToken, refreshToken } from './refresh-token.ts'

/** The refresh token is enough to end its session, also when the access token has expired. */
export const logout = ({ transaction, authentication, publicUrl }: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/logout',
    summary: 'Sign out; repeating it changes nothing',
    access: 'public',
    body: refreshToken,
    answers: { 204: null },
    handle: async ({ body, headers, origin }) => {
      const given = givenRefreshToken(body, headers, publicUrl)
      const ended = await transaction(async (tx) => {
        const session = await endSession(tx, given)
        if (!session) return undefined
        const { user_id, session_id } = session
        const details = { session_id }
        await recordAccountAction(tx, user_id, { action: 'signed_out', actor: 'person', headers, details })
        return session_id
      }, origin)
      if (ended) authentication.forgetSessions([ended])
      const cleared = { 'set-cookie': writeCookie('refresh', undefined, publicUrl) }
      return { status: 204, ...(usesRefreshCookie(headers) ? { headers: cleared } : {}) }
    },
  })
