import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import * as apps from '../apps.ts'
import type { OauthDeps } from '../deps.ts'

export const disconnectApp = ({ transaction, appTokens }: OauthDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/auth/apps/:id',
    summary: 'Disconnect an app: its tokens are taken back',
    access: 'person',
    params: z.object({ id: z.string().max(100) }),
    answers: { 204: null },
    handle: async ({ params: { id }, user, origin }) => {
      await transaction((tx) => apps.disconnectApp(tx, user.user_id, id), origin)
      appTokens.forget(id)
      return { status: 204 }
    },
  })
