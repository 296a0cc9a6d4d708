import { existsSync } from 'node:fs'
import { ConfigError, configReader } from '@taskflow/service-kit'
import { z } from 'zod'
import { chatSettings, halfAModel } from './chat/settings.ts'

/** 0: no limit. */
const limit = z.coerce.number().int().min(0)

/** As browsers send it; that of a scheme such as vscode-webview is itself. */
const originOf = (url: string): string => {
  const { origin } = new URL(url)
  return origin === 'null' ? url : origin
}

/** Parted by commas. */
const list = z
  .string()
  .default('')
  .transform((text) => text.split(',').flatMap((item) => item.trim() || []))

const read = configReader('chat-api', {
  /** Signs access tokens. */
  TOKEN_SECRET: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** Signs the links in mails; notification-service has the same. */
  LINK_SECRET: z.string().min(32, 'must be a secret of at least 32 characters'),
  /** Under which address people reach this service; the issuer of access tokens. */
  PUBLIC_URL: z.url().default('http://localhost:8080'),
  /** Only for operators, to read consumer lag; without it lag is not known. */
  KAFKA_BROKERS: z.string().optional(),
  /** For SASL/SCRAM-SHA-512 over TLS; KAFKA_CA: the file of the authority that signed the brokers' certificates, unless it is a public one. */
  KAFKA_USERNAME: z.string().optional(),
  KAFKA_PASSWORD: z.string().optional(),
  KAFKA_CA: z.string().refine(existsSync, 'is not a file that can be read').optional(),
  /** Only for operators: where mail is caught instead of sent (an API like Mailpit's). */
  MAILBOX_URL: z.url({ protocol: /^https?$/ }).optional(),
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
  /** Web pages that may use /mcp beside those of PUBLIC_URL, such as https://inspector.example.com */
  MCP_ALLOWED_ORIGINS: list.pipe(z.array(z.url().transform(originOf))),
  /** Names of this service that clients of /mcp may use beside localhost and that of PUBLIC_URL. */
  MCP_ALLOWED_HOSTS: list,
  ...chatSettings,
})

export type Config = ReturnType<typeof read>

/** Reads the environment. Throws ConfigError with all problems at once. */
export const readConfig = (env: Record<string, string | undefined>): Config => {
  const problems = halfAModel(env)
  if (!env.KAFKA_USERNAME !== !env.KAFKA_PASSWORD) problems.push('KAFKA_USERNAME and KAFKA_PASSWORD go together')
  try {
    const config = read(env)
    if (problems.length === 0) return config
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    problems.unshift(...error.problems)
  }
  throw new ConfigError('chat-api', problems)
}
