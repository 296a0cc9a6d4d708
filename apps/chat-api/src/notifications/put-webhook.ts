import { randomBytes } from 'node:crypto'
import { webhooks } from '@taskflow/database'
import { type BaseDeps, endpoint, requireScope } from '@taskflow/service-kit'
import { z } from 'zod'
import { actorOf, recordAccountAction } from '../account/record-account-action.ts'
import { webhookAnswer } from './webhook-answer.ts'

const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .max(2_000)
  .refine((value) => {
    const parsed = URL.parse(value)
    return !parsed || (!parsed.username && !parsed.password && !parsed.hash)
  }, 'must have neither user, password nor fragment')

const registered = webhookAnswer.extend({ secret: z.string() }).meta({ id: 'RegisteredWebhook' })

/** Where the URL leads is checked at every delivery, because its name may resolve to another address by then. */
export const putWebhook = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'put',
    path: '/api/v1/notifications/webhook',
    summary: 'Register the URL that your reminders are posted to (needs tasks:read too); returns a new secret',
    access: 'user',
    scope: 'account:write',
    body: z.strictObject({ url }),
    answers: { 200: registered },
    handle: async ({ body, user, headers, origin }) => {
      // Reminders carry the texts of tasks.
      requireScope(user, 'tasks:read')
      const secret = `whsec_${randomBytes(32).toString('base64')}`
      const created_at = await transaction(async (tx) => {
        const created_at = tx.clock.now().toString()
        const row = { url: body.url, secret, created_at }
        await tx
          .insert(webhooks)
          .values({ user_id: user.user_id, ...row })
          .onConflictDoUpdate({ target: webhooks.user_id, set: row })
        // The path may be a secret.
        const details = { host: new URL(body.url).host }
        await recordAccountAction(tx, user.user_id, { action: 'webhook_set', actor: actorOf(user), headers, details })
        return created_at
      }, origin)
      return { status: 200, body: { url: body.url, created_at, secret } }
    },
  })
