import type { BaseDeps } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../account/deps.ts'
import { createMailLinks, type MailLinks } from './links/mail-links.ts'

export const notificationSettings = {
  /** Signs the links in mails; notification-service has the same. */
  LINK_SECRET: z.string().min(32, 'must be a secret of at least 32 characters'),
}

export interface NotificationDeps extends BaseDeps, Pick<AccountDeps, 'accountMail'> {
  mailLinks: MailLinks
}

export const createNotificationDeps = (
  config: { LINK_SECRET: string },
  { clock }: BaseDeps,
  overrides: Partial<NotificationDeps>,
): Pick<NotificationDeps, 'mailLinks'> => ({
  mailLinks: overrides.mailLinks ?? createMailLinks({ secret: config.LINK_SECRET, clock }),
})
