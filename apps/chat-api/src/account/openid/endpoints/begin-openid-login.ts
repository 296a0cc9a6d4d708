import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../../deps.ts'
import { beginAtProvider } from '../begin-at-provider.ts'
import { begunAnswer, path, providerId } from './schemas.ts'

export const beginOpenidLogin = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: `${path}/login/options`,
    summary: 'Begin to sign in with an account of an OpenID provider: returns its page; the browser keeps a cookie',
    access: 'public',
    body: z.strictObject({ provider: providerId }),
    problems: [404, 503],
    answers: { 200: begunAnswer },
    handle: async ({ body: { provider }, headers, address }) => {
      const { url, cookie } = await beginAtProvider(deps, { provider, headers, address })
      return { status: 200, body: { url }, headers: { 'set-cookie': cookie } }
    },
  })
