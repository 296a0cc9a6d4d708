import { type BaseDeps, createBaseDeps, type Door } from '@taskflow/service-kit'
import { createMailLinks, type MailLinks } from './api/links/mail-links.ts'
import type { Config } from './config.ts'
import { type AccessTokens, createAccessTokens } from './domain/access-tokens.ts'
import type { Allowance } from './domain/attempts.ts'
import { type Authentication, createAuthentication } from './domain/authentication.ts'
import { type CheckPassword, createPasswordCheck } from './domain/password-check.ts'
import { argon2Passwords, type Passwords } from './domain/passwords.ts'
import { recordAdminUse } from './domain/record-admin-use.ts'
import { createRequestRate } from './domain/request-rate.ts'
import { createLiveFeed, type LiveFeed } from './feed/live-feed.ts'

export interface Deps extends BaseDeps {
  passwords: Passwords
  checkPassword: CheckPassword
  accessTokens: AccessTokens
  authentication: Authentication
  door: Door
  signupsPerAddress: Allowance
  /** Comma-separated brokers; undefined when nobody said. */
  brokers: string | undefined
  mailLinks: MailLinks
  /** Under which address people reach this service. */
  publicUrl: string
  liveFeed: LiveFeed
}

export const createDeps = (config: Config, overrides: Partial<Deps> = {}): Deps => {
  const base = createBaseDeps(config, overrides)
  const { db, clock } = base
  const passwords = overrides.passwords ?? argon2Passwords
  const accessTokens =
    overrides.accessTokens ?? createAccessTokens({ secret: config.TOKEN_SECRET, issuer: config.PUBLIC_URL, clock })
  const authentication = overrides.authentication ?? createAuthentication({ db, clock, accessTokens })
  const windowSeconds = config.LOGIN_FAILURES_WINDOW_SECONDS
  return {
    ...base,
    brokers: overrides.brokers ?? config.KAFKA_BROKERS,
    mailLinks: overrides.mailLinks ?? createMailLinks({ secret: config.LINK_SECRET, clock }),
    publicUrl: overrides.publicUrl ?? config.PUBLIC_URL,
    liveFeed: overrides.liveFeed ?? createLiveFeed(base),
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
