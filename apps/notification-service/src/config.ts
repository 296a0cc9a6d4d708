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
})

export type Config = ReturnType<typeof readConfig>
