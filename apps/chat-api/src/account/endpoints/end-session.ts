import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { endSessionOf } from '../session-list.ts'

export const endSession = ({ transaction, authentication }: AccountDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/auth/sessions/:id',
    summary: 'Sign out on one device',
    access: 'person',
    params: z.object({ id: z.uuid() }),
    answers: { 204: null },
    handle: async ({ params: { id }, user, origin }) => {
      await transaction((tx) => endSessionOf(tx, user.user_id, id), origin)
      authentication.forgetSessions([id])
      return { status: 204 }
    },
  })
