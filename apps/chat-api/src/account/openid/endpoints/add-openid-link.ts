import { endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import { readCookie } from '../../cookies.ts'
import type { AccountDeps } from '../../deps.ts'
import { notifyAccountChange } from '../../mail/notify-account-change.ts'
import { recordAccountAction } from '../../record-account-action.ts'
import { identifyResponse, unusable } from '../identify-response.ts'
import { addLink } from '../openid-links.ts'
import { path, providerId, response } from './schemas.ts'

/** Not 401 for a response that is of no use: signing in again would not help. */
export const addOpenidLink = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: `${path}/links`,
    summary: 'Link the account that the response of an OpenID provider names: it signs you in from then on',
    access: 'person',
    body: z.strictObject({ provider: providerId, response }),
    problems: [404, 409, 503],
    answers: { 201: z.object({ id: z.uuid() }).meta({ id: 'AddedLink' }) },
    handle: async ({ body, user: { user_id }, headers, origin }) => {
      const { openid, transaction, publicUrl } = deps
      const { provider } = openid.get(body.provider)
      const [state, browser] = [body.response.get('state'), readCookie(headers, 'openid', publicUrl)]
      if (!state || !browser) throw asInvalid(unusable())
      const claim = { state, browser, provider: provider.id }
      const identity = await identifyResponse(deps, body.response, claim, user_id).catch((error: unknown) => {
        throw asInvalid(error)
      })
      const id = await transaction(async (tx) => {
        const added = await addLink(tx, user_id, identity)
        if (added === undefined) return undefined
        const { name } = provider
        const act = { action: 'identity_linked', actor: 'person', headers, details: { name } } as const
        await recordAccountAction(tx, user_id, act)
        await notifyAccountChange(tx, user_id, 'identity-linked', { name })
        return added
      }, origin)
      if (id === undefined) throw new Problem('conflict', `this account of ${provider.name} is linked already`)
      return { status: 201, body: { id } }
    },
  })

const asInvalid = (error: unknown): unknown =>
  error instanceof Problem && error.problem === 'unauthorized' ? new Problem('invalid', error.message) : error
