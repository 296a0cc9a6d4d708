import { endpoint } from '@taskflow/service-kit'
import { mcpAddress } from '../addresses.ts'
import { decideConsent as decide } from '../consents.ts'
import { consentPath } from '../create-provider.ts'
import type { OauthDeps } from '../deps.ts'
import { consentParams, decision, decisionAnswer } from './schemas.ts'

export const decideConsent = (deps: OauthDeps) =>
  endpoint({
    method: 'post',
    path: consentPath(':uid'),
    summary: 'Allow what an app asks for, less of it, or nothing; then send the browser to redirect_to',
    access: 'person',
    params: consentParams,
    body: decision,
    answers: { 200: decisionAnswer },
    handle: async ({ params: { uid }, body: { scopes }, user: { user_id }, headers, origin }) => {
      const context = { ...deps, resource: mcpAddress(deps.publicUrl) }
      const redirect_to = await decide(context, { uid, headers, user_id, scopes, origin })
      return { status: 200, headers: { 'cache-control': 'no-store' }, body: { redirect_to } }
    },
  })
