import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { idParams } from '../../../http/schemas.ts'
import type { AccountDeps } from '../../deps.ts'
import { removeWayIn } from '../../endpoints/remove-way-in.ts'
import { insteadOfFresh } from '../../endpoints/schemas.ts'
import { removeLink } from '../openid-links.ts'
import { path } from './schemas.ts'

export const removeOpenidLink = (deps: AccountDeps) =>
  endpoint({
    method: 'delete',
    path: `${path}/links/:id`,
    summary: 'Unlink an account of an OpenID provider; not the last way to sign in',
    access: 'person',
    params: idParams,
    body: z.strictObject({ password: insteadOfFresh }),
    problems: [409],
    answers: { 204: null },
    handle: async (request) => {
      await removeWayIn(deps, request, ['identity_unlinked', 'identity-unlinked'], async (tx) =>
        deps.openid.nameOf(await removeLink(tx, request.user.user_id, request.params.id)),
      )
      return { status: 204 }
    },
  })
