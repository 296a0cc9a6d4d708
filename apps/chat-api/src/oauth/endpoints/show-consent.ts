import { endpoint } from '@taskflow/service-kit'
import { readConsent } from '../consents.ts'
import { consentPath } from '../create-provider.ts'
import type { OauthDeps } from '../deps.ts'
import { consentAnswer, consentParams } from './schemas.ts'

export const showConsent = ({ provider }: OauthDeps) =>
  endpoint({
    method: 'get',
    path: consentPath(':uid'),
    summary: 'Show what an app asks for, in the browser in which it was begun',
    access: 'person',
    params: consentParams,
    answers: { 200: consentAnswer },
    handle: async ({ params, headers }) => ({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: await readConsent(provider, params.uid, headers),
    }),
  })
