import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { endSessionOf } from '../session-list.ts'

export const endSession = ({ transaction, authentication }: AccountDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/auth/sessions/:id',
    summary: 'Sign out on one device',
    access: 'person',
    params: z.object({ id: z.uuid() }),
    answers: { 204: null },
    handle: async ({ params: { id }, user: { user_id }, headers, origin }) => {
      await transaction(async (tx) => {
        await endSessionOf(tx, user_id, id)
        const details = { session_ids: [id] }
        await recordAccountAction(tx, user_id, { action: 'sessions_ended', actor: 'person', headers, details })
      }, origin)
      authentication.forgetSessions([id])
      return { status: 204 }
    },
  })
