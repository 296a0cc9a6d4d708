import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { recordAccountAction } from '../../account/record-account-action.ts'
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
    handle: async ({ params: { id }, user: { user_id }, headers, origin }) => {
      await transaction(async (tx) => {
        const details = await apps.disconnectApp(tx, user_id, id)
        await recordAccountAction(tx, user_id, { action: 'app_disconnected', actor: 'person', headers, details })
      }, origin)
      appTokens.forget(id)
      return { status: 204 }
    },
  })
