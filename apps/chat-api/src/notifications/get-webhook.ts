import { webhooks } from '@taskflow/database'
import { type BaseDeps, endpoint, Problem } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { webhookAnswer } from './webhook-answer.ts'

export const getWebhook = ({ db }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/notifications/webhook',
    summary: 'Show the URL that your reminders are posted to',
    access: 'user',
    scope: 'account:read',
    problems: [404],
    answers: { 200: webhookAnswer },
    handle: async ({ user }) => {
      const { url, created_at } = webhooks
      const [row] = await db.select({ url, created_at }).from(webhooks).where(eq(webhooks.user_id, user.user_id))
      if (!row) throw new Problem('not-found', 'you have registered no webhook')
      return { status: 200, body: row }
    },
  })
