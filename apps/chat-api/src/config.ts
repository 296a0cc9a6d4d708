import { configReader } from '@taskflow/service-kit'
import { z } from 'zod'

export const readConfig = configReader('chat-api', {
  /** Signs access tokens. */
  TOKEN_SECRET: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** Signs the links in mails; notification-service has the same. */
  LINK_SECRET: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** Under which address people reach this service; the issuer of access tokens. */
  PUBLIC_URL: z.url().default('http://localhost:8080'),
  /** Only for operators, to read consumer lag; without it lag is not known. */
  KAFKA_BROKERS: z.string().optional(),
})

export type Config = ReturnType<typeof readConfig>
