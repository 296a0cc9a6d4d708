import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../../deps.ts'
import { path } from './schemas.ts'

const list = z
  .object({ data: z.array(z.object({ id: z.string(), name: z.string() }).meta({ id: 'OpenidProvider' })) })
  .meta({ id: 'OpenidProviderList' })

export const listProviders = ({ openid }: AccountDeps) =>
  endpoint({
    method: 'get',
    path: `${path}/providers`,
    summary: 'The OpenID providers that people may sign in with',
    access: 'public',
    answers: { 200: list },
    handle: async () => ({
      status: 200,
      body: { data: openid.all.map(({ provider: { id, name } }) => ({ id, name })) },
    }),
  })
