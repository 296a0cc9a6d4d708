import { configReader } from '@taskflow/service-kit'
import { z } from 'zod'

export const readConfig = configReader('notification-service', {
  /** smtp://user:password@host:port, or smtps:// for TLS from the first byte. */
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'must begin with smtp:// or smtps://'),
  MAIL_FROM: z.string().default('TaskFlow <reminders@taskflow.local>'),
  /** Where links in mails lead. */
  PUBLIC_URL: z.url().default('http://localhost:8080'),
})

export type Config = ReturnType<typeof readConfig>
