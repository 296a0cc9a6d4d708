import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { idParams } from '../../../http/schemas.ts'
import type { AccountDeps } from '../../deps.ts'
import { requireFresh } from '../../endpoints/require-fresh.ts'
import { insteadOfFresh } from '../../endpoints/schemas.ts'
import { notifyAccountChange } from '../../mail/notify-account-change.ts'
import { recordAccountAction } from '../../record-account-action.ts'
import { removeLink } from '../openid-links.ts'
import { requireWayIn } from '../ways-in.ts'
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
    handle: async ({ params: { id }, body: { password }, user, address, headers, origin }) => {
      const { transaction, openid } = deps
      const { user_id } = user
      await requireFresh(deps, user, { password, address, headers })
      await transaction(async (tx) => {
        const details = { name: openid.nameOf(await removeLink(tx, user_id, id)) }
        await requireWayIn(tx, openid, user_id)
        await recordAccountAction(tx, user_id, { action: 'identity_unlinked', actor: 'person', headers, details })
        await notifyAccountChange(tx, user_id, 'identity-unlinked', details)
      }, origin)
      return { status: 204 }
    },
  })
