import { endpoint, Problem } from '@taskflow/service-kit'
import type { AccountDeps } from '../deps.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { deviceOf, refreshSession } from '../sessions.ts'
import { findUser } from '../users.ts'
import { givenRefreshToken, refreshToken } from './refresh-token.ts'
import { signedIn, signedInAnswer } from './signed-in.ts'

export const refresh = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/refresh',
    summary: 'Stay signed in: returns a new token and the next refresh token',
    access: 'public',
    body: refreshToken,
    problems: [401],
    answers: { 200: signedInAnswer },
    handle: async ({ body, headers, address, origin }) => {
      const { transaction, nextRefreshToken, authentication, log, publicUrl } = deps
      const given = givenRefreshToken(body, headers, publicUrl)
      const device = deviceOf({ headers, address })
      const refreshed = await transaction(async (tx) => {
        const outcome = await refreshSession(tx, given, device, nextRefreshToken)
        if (outcome && 'ended' in outcome) {
          const details = { session_id: outcome.ended }
          const act = { action: 'refresh_token_reused', actor: 'anyone', headers, details } as const
          await recordAccountAction(tx, outcome.user_id, act)
        }
        if (!outcome || 'ended' in outcome) return outcome
        return { session: outcome.next, user: await findUser(tx, outcome.next.user_id) }
      }, origin)
      if (!refreshed) throw new Problem('unauthorized', 'the refresh token is not valid or has expired; log in again')
      if ('ended' in refreshed) {
        authentication.forgetSessions([refreshed.ended])
        log.warn('a used refresh token came again; its session was ended', { session_id: refreshed.ended })
        throw new Problem('unauthorized', 'the refresh token was used before: the session is ended; log in again')
      }
      return signedIn(deps, headers, { status: 200, ...refreshed })
    },
  })
