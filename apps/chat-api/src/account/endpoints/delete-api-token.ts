import { endpoint } from '@taskflow/service-kit'
import { idParams } from '../../http/schemas.ts'
import * as apiTokens from '../api-tokens.ts'
import type { AccountDeps } from '../deps.ts'
import { recordAccountAction } from '../record-account-action.ts'

export const deleteApiToken = ({ transaction, authentication }: AccountDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/auth/tokens/:id',
    summary: 'Take an API token back',
    access: 'person',
    params: idParams,
    answers: { 204: null },
    handle: async ({ params, user: { user_id }, headers, origin }) => {
      const { hash } = await transaction(async (tx) => {
        const revoked = await apiTokens.deleteApiToken(tx, user_id, params.id)
        const details = { token_id: params.id, name: revoked.name }
        await recordAccountAction(tx, user_id, { action: 'api_token_revoked', actor: 'person', headers, details })
        return revoked
      }, origin)
      authentication.forgetApiToken(hash)
      return { status: 204 }
    },
  })
