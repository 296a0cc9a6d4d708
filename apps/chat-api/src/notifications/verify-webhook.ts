import { webhooks } from '@taskflow/database'
import { endpoint, Problem, requireScope } from '@taskflow/service-kit'
import { and, eq } from 'drizzle-orm'
import { actorOf, recordAccountAction } from '../account/record-account-action.ts'
import type { NotificationDeps } from './deps.ts'
import { findWebhook } from './find-webhook.ts'
import { showWebhook, webhookAnswer } from './webhook-answer.ts'

/**
 * notification-service posts the challenge, because only it may connect to addresses that people choose. The result is
 * recorded for the webhook that was challenged: one that was replaced meanwhile has another secret.
 */
export const verifyWebhook = ({ db, transaction, sidecar, webhookPorts }: NotificationDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/notifications/webhook/verify',
    summary: 'Post a challenge to your webhook (needs tasks:read too); once it is repeated, reminders are posted',
    access: 'user',
    scope: 'account:write',
    problems: [404, 409],
    answers: { 200: webhookAnswer },
    handle: async ({ user, headers, origin }) => {
      requireScope(user, 'tasks:read')
      const { user_id } = user
      const webhook = await findWebhook(db, user_id)
      const { state, problem } = showWebhook(webhook, webhookPorts)
      if (state === 'not_allowed') throw new Problem('conflict', `the webhook cannot be verified: ${problem}`)
      if (state === 'verified') return { status: 200, body: showWebhook(webhook, webhookPorts) }
      const { passed } = await sidecar.invoke<{ passed: boolean }>('notification-service', 'webhooks/verify', origin, {
        user_id,
      })
      if (!passed) throw new Problem('conflict', notRepeated)
      const verified = await transaction(async (tx) => {
        const [row] = await tx
          .update(webhooks)
          .set({ verified_at: tx.clock.now().toString() })
          .where(and(eq(webhooks.user_id, user_id), eq(webhooks.secret, webhook.secret)))
          .returning()
        if (!row) throw new Problem('conflict', 'the webhook was replaced meanwhile; verify it again')
        const details = { host: new URL(row.url).host }
        await recordAccountAction(tx, user_id, { action: 'webhook_confirmed', actor: actorOf(user), headers, details })
        return row
      }, origin)
      return { status: 200, body: showWebhook(verified, webhookPorts) }
    },
  })

/** The same whatever went wrong: what a name leads to, and whether something listens there, must not show. */
const notRepeated =
  'the webhook did not repeat the challenge: it must answer the POST with 2xx and the challenge within 4 seconds, at a public address'
