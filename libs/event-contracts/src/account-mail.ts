import { hkdfSync } from 'node:crypto'

/**
 * What a mail about an account is for. The first three carry a token for a link; the others are notices to the owner of
 * a confirmed address. chat-api writes them into identity.account_mails, notification-service sends them.
 */
export type AccountMailContent =
  | { kind: 'confirm-address' }
  | { kind: 'confirm-new-address' }
  | { kind: 'reset-password' }
  | AccountNotice

/** `at` is when it happened. Texts such as a device are as the client sent them: show them as one line of plain text. */
export type AccountNotice = { at: string } & (
  | { kind: 'new-sign-in'; device: string; network: string }
  | { kind: 'password-changed' }
  | { kind: 'password-reset' }
  | { kind: 'api-token-created'; name: string }
  | { kind: 'passkey-added'; name: string }
  | { kind: 'passkey-removed'; name: string }
  | { kind: 'second-factor-added' }
  | { kind: 'second-factor-removed' }
  | { kind: 'recovery-codes-created' }
  /** `name` is that of the OpenID provider. */
  | { kind: 'identity-linked'; name: string }
  | { kind: 'identity-unlinked'; name: string }
  /** The address is told in part: whoever reads the old mailbox need not learn it. */
  | { kind: 'address-change-requested'; new_address: string }
  | { kind: 'address-changed'; new_address: string }
)

/** The page of the console that takes the token of a mail, in its fragment: that reaches no server and no log. */
export const accountMailPages = {
  'confirm-address': '/confirm-email',
  'confirm-new-address': '/confirm-email',
  'reset-password': '/reset-password',
} as const satisfies Partial<Record<AccountMailContent['kind'], string>>

/** NOTIFY on it: an account mail was added. */
export const accountMailChannel = 'account_mails'

/** The key of A256GCM for tokens in waiting mails, from LINK_SECRET, which both services have. */
export const sealedTokenKey = (linkSecret: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', linkSecret, '', 'taskflow account mail', 32))
