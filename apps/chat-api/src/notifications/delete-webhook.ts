import { webhooks } from '@taskflow/database'
import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'

export const deleteWebhook = ({ db }: BaseDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/notifications/webhook',
    summary: 'Have nothing posted any more',
    access: 'user',
    scope: 'account:write',
    answers: { 204: null },
    handle: async ({ user }) => {
      await db.delete(webhooks).where(eq(webhooks.user_id, user.user_id))
      return { status: 204 }
    },
  })
