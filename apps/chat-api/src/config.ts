import { configReader } from '@taskflow/service-kit'
import { z } from 'zod'

/** 0: no limit. */
const limit = z.coerce.number().int().min(0)

export const readConfig = configReader('chat-api', {
  /** Signs access tokens. */
  TOKEN_SECRET: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** Signs the links in mails; notification-service has the same. */
  LINK_SECRET: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** Under which address people reach this service; the issuer of access tokens. */
  PUBLIC_URL: z.url().default('http://localhost:8080'),
  /** Only for operators, to read consumer lag; without it lag is not known. */
  KAFKA_BROKERS: z.string().optional(),
  /** How many proxies stand before this service and say, in X-Forwarded-For, whom they speak for. */
  TRUST_PROXY: z.coerce.number().int().min(0).default(0),
  /** Failed logins of an account, and from a network address, until it must wait for the window to end. */
  LOGIN_FAILURES_ALLOWED: limit.default(10),
  LOGIN_FAILURES_ALLOWED_PER_ADDRESS: limit.default(50),
  LOGIN_FAILURES_WINDOW_SECONDS: z.coerce.number().int().min(1).default(900),
  /** Sign-ups from a network address. */
  SIGNUPS_PER_HOUR: limit.default(1_000),
  /** Requests of one user at one replica. */
  API_REQUESTS_PER_MINUTE: limit.default(6_000),
})

export type Config = ReturnType<typeof readConfig>
