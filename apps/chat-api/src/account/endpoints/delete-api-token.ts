import { endpoint } from '@taskflow/service-kit'
import { idParams } from '../../http/schemas.ts'
import * as apiTokens from '../api-tokens.ts'
import type { AccountDeps } from '../deps.ts'

export const deleteApiToken = ({ db, authentication }: AccountDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/auth/tokens/:id',
    summary: 'Take an API token back',
    access: 'person',
    params: idParams,
    answers: { 204: null },
    handle: async ({ params, user }) => {
      authentication.forgetApiToken(await apiTokens.deleteApiToken(db, user.user_id, params.id))
      return { status: 204 }
    },
  })
