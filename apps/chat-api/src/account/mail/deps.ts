import type { BaseDeps } from '@taskflow/service-kit'
import { z } from 'zod'
import { createMailLimits, type MailLimits, mailLimitSettings } from './mail-limits.ts'
import { type AddressHashes, createAddressHashes } from './suppression.ts'
import { createSealToken, type SealToken } from './write-mail.ts'

export const accountMailSettings = {
  /**
   * Whether nothing but mails that prove the address go to it until its owner has confirmed it. Turn it off only where
   * mail leaves the machine for nobody else's mailbox.
   */
  REQUIRE_CONFIRMED_EMAIL: z.stringbool({ truthy: ['true'], falsy: ['false'] }).default(true),
  ...mailLimitSettings,
}

export interface AccountMail {
  /** Whether a new account's address must be confirmed. */
  requiresConfirmation: boolean
  hashes: AddressHashes
  sealToken: SealToken
  limits: MailLimits
  notify: BaseDeps['notify']
}

type Config = z.infer<z.ZodObject<typeof accountMailSettings>> & { LINK_SECRET: string; ACCOUNT_KEY: string }

export const createAccountMail = (config: Config, { notify }: Pick<BaseDeps, 'notify'>): AccountMail => ({
  requiresConfirmation: config.REQUIRE_CONFIRMED_EMAIL,
  hashes: createAddressHashes(config.ACCOUNT_KEY),
  sealToken: createSealToken(config.LINK_SECRET),
  limits: createMailLimits(config),
  notify,
})
