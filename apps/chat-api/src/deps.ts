import { type BaseDeps, createBaseDeps } from '@taskflow/service-kit'
import { createMailLinks, type MailLinks } from './api/links/mail-links.ts'
import type { Config } from './config.ts'
import { type AccessTokens, createAccessTokens } from './domain/access-tokens.ts'
import { argon2Passwords, type Passwords } from './domain/passwords.ts'

export interface Deps extends BaseDeps {
  passwords: Passwords
  accessTokens: AccessTokens
  /** Comma-separated brokers; undefined when nobody said. */
  brokers: string | undefined
  mailLinks: MailLinks
}

export const createDeps = (config: Config, overrides: Partial<Deps> = {}): Deps => {
  const base = createBaseDeps(config, overrides)
  return {
    ...base,
    brokers: overrides.brokers ?? config.KAFKA_BROKERS,
    mailLinks: overrides.mailLinks ?? createMailLinks({ secret: config.LINK_SECRET, clock: base.clock }),
    passwords: overrides.passwords ?? argon2Passwords,
    accessTokens:
      overrides.accessTokens ??
      createAccessTokens({ secret: config.TOKEN_SECRET, issuer: config.PUBLIC_URL, clock: base.clock }),
  }
}
