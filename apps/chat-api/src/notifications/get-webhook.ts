import { endpoint } from '@taskflow/service-kit'
import type { NotificationDeps } from './deps.ts'
import { findWebhook } from './find-webhook.ts'
import { showWebhook, webhookAnswer } from './webhook-answer.ts'

export const getWebhook = ({ db, webhookPorts }: NotificationDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/notifications/webhook',
    summary: 'Show the URL that your reminders are posted to',
    access: 'user',
    scope: 'account:read',
    problems: [404],
    answers: { 200: webhookAnswer },
    handle: async ({ user }) => ({
      status: 200,
      body: showWebhook(await findWebhook(db, user.user_id), webhookPorts),
    }),
  })
