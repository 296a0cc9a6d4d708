import { endpoint } from '@taskflow/service-kit'
import type { Deps } from '../../deps.ts'
import { deleteApiToken as remove } from '../../domain/api-tokens.ts'
import { idParams } from '../schemas.ts'

export const deleteApiToken = ({ db, authentication }: Deps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/auth/tokens/:id',
    summary: 'Take an API token back',
    access: 'person',
    params: idParams,
    answers: { 204: null },
    handle: async ({ params, user }) => {
      authentication.forgetApiToken(await remove(db, user.user_id, params.id))
      return { status: 204 }
    },
  })
