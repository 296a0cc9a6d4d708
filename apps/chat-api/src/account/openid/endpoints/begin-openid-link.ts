import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../../deps.ts'
import { requireFresh } from '../../endpoints/require-fresh.ts'
import { insteadOfFresh } from '../../endpoints/schemas.ts'
import { beginAtProvider } from '../begin-at-provider.ts'
import { begunAnswer, path, providerId } from './schemas.ts'

export const beginOpenidLink = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: `${path}/links/options`,
    summary: 'Begin to link an account of an OpenID provider to yours: returns its page; the browser keeps a cookie',
    access: 'person',
    body: z.strictObject({
      provider: providerId,
      password: insteadOfFresh,
    }),
    problems: [404, 503],
    answers: { 200: begunAnswer },
    handle: async ({ body: { provider, password }, user, headers, address }) => {
      await requireFresh(deps, user, { password, address, headers })
      const { user_id } = user
      const { url, cookie } = await beginAtProvider(deps, { provider, user_id, headers, address })
      return { status: 200, body: { url }, headers: { 'set-cookie': cookie } }
    },
  })
