import { type WebhookPorts, webhookPorts } from '@taskflow/event-contracts'
import type { BaseDeps } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../account/deps.ts'
import { createMailLinks, type MailLinks } from './links/mail-links.ts'

export const notificationSettings = {
  /** Signs the links in mails; notification-service has the same. */
  LINK_SECRET: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** Where webhooks may be; notification-service has the same. */
  WEBHOOK_PORTS: webhookPorts,
}

export interface NotificationDeps extends BaseDeps, Pick<AccountDeps, 'accountMail'> {
  mailLinks: MailLinks
  /** Where webhooks may be. */
  webhookPorts: WebhookPorts
}

export const createNotificationDeps = (
  config: { LINK_SECRET: string; WEBHOOK_PORTS: WebhookPorts },
  { clock }: BaseDeps,
  overrides: Partial<NotificationDeps>,
): Pick<NotificationDeps, 'mailLinks' | 'webhookPorts'> => ({
  mailLinks: overrides.mailLinks ?? createMailLinks({ secret: config.LINK_SECRET, clock }),
  webhookPorts: overrides.webhookPorts ?? config.WEBHOOK_PORTS,
})
