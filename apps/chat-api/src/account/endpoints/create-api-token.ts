import { type BaseDeps, endpoint, invalid, Problem, scopes } from '@taskflow/service-kit'
import { instantInput, text } from '@taskflow/tasks'
import { z } from 'zod'
import * as apiTokens from '../api-tokens.ts'
import { apiTokenAnswer } from './schemas.ts'

export const createApiToken = ({ transaction, clock }: BaseDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/tokens',
    summary: 'Make an API token for a program; it is shown once',
    access: 'person',
    body: z.strictObject({
      name: text(1, 100),
      scopes: z
        .array(z.enum(scopes))
        .min(1, 'must name at least one scope')
        .transform((wished) => [...new Set(wished)]),
      expires_at: instantInput.nullable().default(null),
    }),
    answers: { 201: apiTokenAnswer.extend({ token: z.string() }).meta({ id: 'CreatedApiToken' }) },
    handle: async ({ body, user, origin }) => {
      if (body.scopes.includes('admin') && user.role !== 'admin') {
        throw new Problem('forbidden', 'the scope admin needs the admin role')
      }
      if (body.expires_at !== null && Temporal.Instant.compare(body.expires_at, clock.now()) <= 0) {
        throw invalid('expires_at', 'must be in the future')
      }
      const created = await transaction((tx) => apiTokens.createApiToken(tx, user.user_id, body), origin)
      return { status: 201, body: created, headers: { 'cache-control': 'no-store' } }
    },
  })
