import { type BaseDeps, createBaseDeps, type Loop } from '@taskflow/service-kit'
import type { Config } from './config.ts'
import { createMailer, type Mailer } from './domain/mailer.ts'
import { sendPending } from './loops/send-pending.ts'

export interface Deps extends BaseDeps {
  mailer: Mailer
  publicUrl: string
  /** Sends what is pending in the ledger; woken when something was put there. */
  sending: Loop
}

export const createDeps = (config: Config, overrides: Partial<Deps> = {}): Deps => {
  const base = createBaseDeps(config, overrides)
  const mailer = overrides.mailer ?? createMailer({ url: config.SMTP_URL, from: config.MAIL_FROM })
  const publicUrl = config.PUBLIC_URL
  return { ...base, mailer, publicUrl, sending: overrides.sending ?? sendPending({ ...base, mailer, publicUrl }) }
}
