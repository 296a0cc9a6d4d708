import { randomBytes } from 'node:crypto'
import { webhooks } from '@taskflow/database'
import { whyNotPostedTo } from '@taskflow/event-contracts'
import { endpoint, invalid, requireScope } from '@taskflow/service-kit'
import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { actorOf, recordAccountAction } from '../account/record-account-action.ts'
import type { NotificationDeps } from './deps.ts'
import { showWebhook, webhookAnswer } from './webhook-answer.ts'

const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .max(2_000)
  .refine((value) => {
    const parsed = URL.parse(value)
    return !parsed || (!parsed.username && !parsed.password && !parsed.hash)
  }, 'must have neither user, password nor fragment')

const registered = webhookAnswer.extend({ secret: z.string() }).meta({ id: 'RegisteredWebhook' })

/**
 * Where the URL leads is checked at every delivery, because its name may resolve to another address by then. Whoever
 * registers the same URL again has proven it already.
 */
export const putWebhook = ({ transaction, webhookPorts }: NotificationDeps) =>
  endpoint({
    method: 'put',
    path: '/api/v1/notifications/webhook',
    summary:
      'Register the URL that your reminders are posted to (needs tasks:read too); returns a new secret. Verify it next',
    access: 'user',
    scope: 'account:write',
    body: z.strictObject({ url }),
    answers: { 200: registered },
    handle: async ({ body, user, headers, origin }) => {
      // Reminders carry the texts of tasks.
      requireScope(user, 'tasks:read')
      const notAllowed = whyNotPostedTo(body.url, webhookPorts)
      if (notAllowed) throw invalid('url', notAllowed)
      const secret = `whsec_${randomBytes(32).toString('base64')}`
      const webhook = await transaction(async (tx) => {
        const created_at = tx.clock.now().toString()
        const row = { url: body.url, secret, created_at }
        const isSame = sql`CASE WHEN ${webhooks.url} = excluded.url THEN ${webhooks.verified_at} END`
        const [stored] = await tx
          .insert(webhooks)
          .values({ user_id: user.user_id, ...row })
          .onConflictDoUpdate({ target: webhooks.user_id, set: { ...row, verified_at: isSame } })
          .returning()
        // The path may be a secret.
        const details = { host: new URL(body.url).host }
        await recordAccountAction(tx, user.user_id, { action: 'webhook_set', actor: actorOf(user), headers, details })
        return stored!
      }, origin)
      return { status: 200, body: { ...showWebhook(webhook, webhookPorts), secret } }
    },
  })
