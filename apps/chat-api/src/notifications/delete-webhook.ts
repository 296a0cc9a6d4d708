import { webhooks } from '@taskflow/database'
import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { actorOf, recordAccountAction } from '../account/record-account-action.ts'

export const deleteWebhook = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/notifications/webhook',
    summary: 'Have nothing posted any more',
    access: 'user',
    scope: 'account:write',
    answers: { 204: null },
    handle: async ({ user, headers, origin }) => {
      await transaction(async (tx) => {
        const { rowCount } = await tx.delete(webhooks).where(eq(webhooks.user_id, user.user_id))
        if (rowCount === 0) return
        await recordAccountAction(tx, user.user_id, { action: 'webhook_deleted', actor: actorOf(user), headers })
      }, origin)
      return { status: 204 }
    },
  })
