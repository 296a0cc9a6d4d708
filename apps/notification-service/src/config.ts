import { webhookPorts } from '@taskflow/event-contracts'
import { configReader } from '@taskflow/service-kit'
import addressparser from 'nodemailer/lib/addressparser'
import { z } from 'zod'

/** One mailbox, as `name <address>` or the address alone. */
const mailbox = z.string().transform((value, context) => {
  const [first, ...others] = addressparser(value)
  if (first && 'address' in first && first.address && others.length === 0) {
    return { name: first.name, address: first.address }
  }
  context.addIssue('must be one mailbox, like TaskFlow <reminders@example.com>')
  return z.NEVER
})

const limit = z.coerce.number().int().min(0)

export const readConfig = configReader('notification-service', {
  /**
   * smtp://user:password@host:port, or smtps:// for TLS from the first byte. STARTTLS is used when it is offered; with
   * ?requireTLS=true nothing is sent without it.
   */
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://'),
  MAIL_FROM: mailbox.prefault('TaskFlow <reminders@taskflow.local>'),
  /** Signs the links in mails; chat-api has the same secret. */
  LINK_SECRET: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** Where links in mails lead. */
  PUBLIC_URL: z.url().default('http://localhost:8080'),
  /** Mails that the mail server accepts in 24 hours; 0: no limit. Known providers have their own default. */
  MAIL_PER_DAY: limit.optional(),
  /** Mails that one person gets in an hour; the rest waits. 0: no limit. */
  MAIL_PER_PERSON_PER_HOUR: limit.default(200),
  /** Mails that one person gets in 24 hours; by default a tenth of MAIL_PER_DAY. 0: no limit. */
  MAIL_PER_PERSON_PER_DAY: limit.optional(),
  /** Notifications of one person that may wait for a limit, on each channel; more have failed. */
  WAITING_PER_PERSON: limit.default(50),
  /** Posts to the webhook of one person in an hour. 0: no limit. */
  WEBHOOK_POSTS_PER_PERSON_PER_HOUR: limit.default(200),
  /** Attempts of one person to verify a webhook in an hour. 0: no limit. */
  WEBHOOK_CHALLENGES_PER_PERSON_PER_HOUR: limit.default(10),
  /** Where webhooks may be; chat-api has the same. */
  WEBHOOK_PORTS: webhookPorts,
})

export type Config = ReturnType<typeof readConfig>
