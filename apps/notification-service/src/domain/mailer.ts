import { createTransport } from 'nodemailer'
import type { ReminderMail } from './reminder-mail.ts'

/** Hands mails to a mail server. */
export interface Mailer {
  send(mail: ReminderMail & { to: { name: string; address: string }; message_id: string }): Promise<void>
  close(): void
}

/** A mail server said no. `permanent`: trying again will not help (SMTP 5yz, RFC 5321 section 4.2.1). */
export class MailRefused extends Error {
  readonly permanent: boolean
  constructor(message: string, permanent: boolean, cause: unknown) {
    super(message, { cause })
    this.permanent = permanent
  }
}

export const createMailer = ({ url, from }: { url: string; from: string }): Mailer => {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 5,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // What users write into a task must never make the mailer read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    send: async ({ to, message_id, subject, text, html }) => {
      try {
        await transport.sendMail({
          from,
          to,
          subject,
          text,
          html,
          messageId: message_id,
          headers: { 'Auto-Submitted': 'auto-generated' },
        })
      } catch (error) {
        const { responseCode, message } = error as { responseCode?: number; message: string }
        throw new MailRefused(message, responseCode !== undefined && responseCode >= 500, error)
      }
    },
    close: () => transport.close(),
  }
}
