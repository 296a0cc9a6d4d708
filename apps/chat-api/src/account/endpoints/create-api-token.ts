import { endpoint, invalid, Problem, scopes } from '@taskflow/service-kit'
import { instantInput, text } from '@taskflow/tasks'
import { z } from 'zod'
import * as apiTokens from '../api-tokens.ts'
import type { AccountDeps } from '../deps.ts'
import { notifyAccountChange } from '../mail/notify-account-change.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { requireFresh } from './require-fresh.ts'
import { apiTokenAnswer, insteadOfFresh } from './schemas.ts'

/** How long a token is valid by default. */
const defaultDays = 90

/** A stolen access token must not become one that outlives it: hence the password. */
export const createApiToken = (deps: AccountDeps) =>
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
      expires_at: instantInput
        .nullable()
        .optional()
        .meta({ description: `null: never; by default in ${defaultDays} days` }),
      password: insteadOfFresh,
    }),
    answers: { 201: apiTokenAnswer.extend({ token: z.string() }).meta({ id: 'CreatedApiToken' }) },
    handle: async ({ body: { password, ...wished }, user, address, headers, origin }) => {
      const { transaction, clock } = deps
      if (wished.scopes.includes('admin') && user.role !== 'admin') {
        throw new Problem('forbidden', 'the scope admin needs the admin role')
      }
      if (wished.expires_at && Temporal.Instant.compare(wished.expires_at, clock.now()) <= 0) {
        throw invalid('expires_at', 'must be in the future')
      }
      await requireFresh(deps, user, { password, address, headers })
      const byDefault = clock
        .now()
        .add({ hours: 24 * defaultDays })
        .toString()
      const { expires_at = byDefault } = wished
      const created = await transaction(async (tx) => {
        const { token, ...made } = await apiTokens.createApiToken(tx, user.user_id, { ...wished, expires_at })
        const { id, name, scopes } = made
        const details = { token_id: id, name, scopes, expires_at }
        await recordAccountAction(tx, user.user_id, { action: 'api_token_created', actor: 'person', headers, details })
        await notifyAccountChange(tx, user.user_id, 'api-token-created', { name })
        return { ...made, token }
      }, origin)
      return { status: 201, body: created }
    },
  })
