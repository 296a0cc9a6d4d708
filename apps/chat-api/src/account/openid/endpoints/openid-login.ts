import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { readCookie } from '../../cookies.ts'
import type { AccountDeps } from '../../deps.ts'
import { profile } from '../../endpoints/schemas.ts'
import { signedIn, signedInAnswer } from '../../endpoints/signed-in.ts'
import { givenCode } from '../../second-factor/endpoints.ts'
import { createLinkedAccount } from '../create-linked-account.ts'
import { identifyResponse, unusable } from '../identify-response.ts'
import { findLink } from '../openid-links.ts'
import { findWaitingLink } from '../openid-states.ts'
import { signInByLink } from '../sign-in-by-link.ts'
import { path, providerId, response } from './schemas.ts'

/** Whoever has no account yet gets one. With a second factor, 401 names `code`: the same request again, with it. */
export const openidLogin = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: `${path}/login`,
    summary: 'Sign in with the response of an OpenID provider; creates the account at the first sign-in',
    access: 'public',
    body: z.strictObject({
      provider: providerId,
      response,
      code: givenCode.optional(),
      time_zone: profile.shape.time_zone.default('UTC').meta({ description: 'of a new account' }),
      locale: profile.shape.locale.default('en').meta({ description: 'of a new account' }),
    }),
    problems: [401, 403, 404, 409, 503],
    answers: { 200: signedInAnswer, 201: signedInAnswer },
    handle: async ({ body, headers, address, origin }) => {
      const { response, code, time_zone, locale } = body
      const { provider } = deps.openid.get(body.provider)
      const [state, browser] = [response.get('state'), readCookie(headers, 'openid', deps.publicUrl)]
      if (!state || !browser) throw unusable()
      const claim = { state, browser, provider: provider.id }
      const from = { headers, address, origin }
      const waiting = await findWaitingLink(deps, claim)
      if (waiting !== undefined) {
        const signedInBy = await signInByLink(deps, { link_id: waiting, isWaiting: true, state: claim, code, ...from })
        return signedIn(deps, headers, { status: 200, ...signedInBy })
      }
      const identity = await identifyResponse(deps, response, claim)
      const link = await findLink(deps.db, identity)
      if (link) {
        const signedInBy = await signInByLink(deps, { link_id: link.id, isWaiting: false, state: claim, code, ...from })
        return signedIn(deps, headers, { status: 200, ...signedInBy })
      }
      const created = await createLinkedAccount(deps, provider, identity, { time_zone, locale, ...from })
      return signedIn(deps, headers, { status: 201, ...created })
    },
  })
