import { endpoint } from '@taskflow/service-kit'
import type { AccountDeps } from '../deps.ts'
import { recordAccountAction } from '../record-account-action.ts'
import * as sessions from '../session-list.ts'

export const endOtherSessions = ({ transaction, authentication }: AccountDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/auth/sessions',
    summary: 'Sign out everywhere else',
    access: 'person',
    answers: { 204: null },
    handle: async ({ user, headers, origin }) => {
      const ended = await transaction(async (tx) => {
        const session_ids = await sessions.endOtherSessions(tx, user)
        const details = { session_ids }
        await recordAccountAction(tx, user.user_id, { action: 'sessions_ended', actor: 'person', headers, details })
        return session_ids
      }, origin)
      authentication.forgetSessions(ended)
      return { status: 204 }
    },
  })
