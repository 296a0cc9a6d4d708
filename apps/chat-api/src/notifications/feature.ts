import type { Feature } from '../http/feature.ts'
import { deleteWebhook } from './delete-webhook.ts'
import type { NotificationDeps } from './deps.ts'
import { getPreferences } from './get-preferences.ts'
import { getWebhook } from './get-webhook.ts'
import { followLink } from './links/follow-link.ts'
import { showLink } from './links/show-link.ts'
import { listNotifications } from './list-notifications.ts'
import { putWebhook } from './put-webhook.ts'
import { updatePreferences } from './update-preferences.ts'
import { verifyWebhook } from './verify-webhook.ts'

/** How and where people are notified, what was sent, and the links in mails. */
export const notifications = (deps: NotificationDeps): Feature => ({
  endpoints: [
    listNotifications(deps),
    getPreferences(deps),
    updatePreferences(deps),
    getWebhook(deps),
    putWebhook(deps),
    deleteWebhook(deps),
    verifyWebhook(deps),
    showLink(deps),
    followLink(deps),
  ],
  forget: async (tx, user_id) => {
    await tx.$client.query('DELETE FROM tasks.used_links WHERE user_id = $1', [user_id])
  },
})
