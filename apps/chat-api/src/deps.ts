import { join } from 'node:path'
import { type Kafka, kafkaOf } from '@taskflow/kafka-admin'
import { type BaseDeps, createBaseDeps, createStateStore, type Door } from '@taskflow/service-kit'
import { createMailLinks, type MailLinks } from './api/links/mail-links.ts'
import { type ChatMemory, createMemory } from './chat/memory.ts'
import { type Assistant, createAssistant } from './chat/provider/create-assistant.ts'
import { type ChatLimits, chatLimitsOf } from './chat/settings.ts'
import { type ActionSigner, createActionSigner } from './chat/sign-action.ts'
import type { Config } from './config.ts'
import { type AccessTokens, createAccessTokens } from './domain/access-tokens.ts'
import type { Allowance } from './domain/attempts.ts'
import { type Authentication, createAuthentication } from './domain/authentication.ts'
import { createMailbox, type Mailbox } from './domain/mailbox.ts'
import { type CheckPassword, createPasswordCheck } from './domain/password-check.ts'
import { argon2Passwords, type Passwords } from './domain/passwords.ts'
import { recordAdminUse } from './domain/record-admin-use.ts'
import { createRequestRate } from './domain/request-rate.ts'
import { createEventTail, type EventTail } from './feed/event-tail.ts'
import { createLiveFeed, type LiveFeed } from './feed/live-feed.ts'
import type { AllowedSources } from './mcp/check-source.ts'
import { createRunningCalls, type RunningCalls } from './mcp/running-calls.ts'
import { registerLagGauge } from './metrics.ts'

export interface Deps extends BaseDeps {
  passwords: Passwords
  checkPassword: CheckPassword
  accessTokens: AccessTokens
  authentication: Authentication
  door: Door
  signupsPerAddress: Allowance
  /** undefined when nobody said where the brokers are. */
  kafka: Kafka | undefined
  mailbox: Mailbox
  mailLinks: MailLinks
  /** Under which address people reach this service. */
  publicUrl: string
  /** From where /mcp may be used. */
  mcpSources: AllowedSources
  mcpCalls: RunningCalls
  liveFeed: LiveFeed
  eventTail: EventTail
  /** Who answers in the chat. */
  assistant: Assistant
  chatLimits: ChatLimits
  chatMemory: ChatMemory
  signer: ActionSigner
  /** Where the web page lies, built. */
  consoleFolder: string
}

export const createDeps = (config: Config, overrides: Partial<Deps> = {}): Deps => {
  const base = createBaseDeps(config, overrides)
  const { db, clock } = base
  const passwords = overrides.passwords ?? argon2Passwords
  const accessTokens =
    overrides.accessTokens ?? createAccessTokens({ secret: config.TOKEN_SECRET, issuer: config.PUBLIC_URL, clock })
  const authentication = overrides.authentication ?? createAuthentication({ db, clock, accessTokens })
  const kafka = overrides.kafka ?? kafkaOf(config)
  if (kafka) registerLagGauge(base, kafka)
  const windowSeconds = config.LOGIN_FAILURES_WINDOW_SECONDS
  return {
    ...base,
    kafka,
    mailbox: overrides.mailbox ?? createMailbox(config.MAILBOX_URL),
    mailLinks: overrides.mailLinks ?? createMailLinks({ secret: config.LINK_SECRET, clock }),
    publicUrl: overrides.publicUrl ?? config.PUBLIC_URL,
    mcpSources: overrides.mcpSources ?? { origins: config.MCP_ALLOWED_ORIGINS, hosts: config.MCP_ALLOWED_HOSTS },
    mcpCalls: overrides.mcpCalls ?? createRunningCalls(base),
    liveFeed: overrides.liveFeed ?? createLiveFeed(base),
    eventTail: overrides.eventTail ?? createEventTail(base),
    assistant: overrides.assistant ?? createAssistant(config, clock),
    chatLimits: overrides.chatLimits ?? chatLimitsOf(config),
    chatMemory:
      overrides.chatMemory ??
      createMemory(createStateStore({ url: config.sidecarUrl, token: config.daprApiToken }), config.CHAT_MEMORY_DAYS),
    signer: overrides.signer ?? createActionSigner(config.TOKEN_SECRET),
    consoleFolder: overrides.consoleFolder ?? join(import.meta.dirname, '../../console/dist'),
    passwords,
    accessTokens,
    authentication,
    checkPassword:
      overrides.checkPassword ??
      createPasswordCheck({
        ...{ db, clock, passwords },
        perAccount: { name: 'login-account', allowed: config.LOGIN_FAILURES_ALLOWED, windowSeconds },
        perAddress: { name: 'login-address', allowed: config.LOGIN_FAILURES_ALLOWED_PER_ADDRESS, windowSeconds },
      }),
    signupsPerAddress: { name: 'signup', allowed: config.SIGNUPS_PER_HOUR, windowSeconds: 3_600 },
    door: overrides.door ?? {
      authenticate: authentication.authenticate,
      countRequest: createRequestRate({ clock, perMinute: config.API_REQUESTS_PER_MINUTE }),
      recordAdminUse: recordAdminUse(base),
      trustedProxies: config.TRUST_PROXY,
    },
  }
}
