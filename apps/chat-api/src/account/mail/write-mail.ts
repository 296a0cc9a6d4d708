import { accountMails, type UserRow } from '@taskflow/database'
import { type AccountMailContent, accountMailChannel, sealedTokenKey } from '@taskflow/event-contracts'
import type { Notify, Tx } from '@taskflow/service-kit'
import { CompactEncrypt } from 'jose'
import { v7 as uuidv7 } from 'uuid'
import { issueMailToken, type MailPurpose } from './mail-tokens.ts'

export type MailReader = Pick<UserRow, 'id' | 'locale' | 'time_zone'>

/** Encrypts a token for notification-service, which writes it into the mail; it opens for that mail only. */
export type SealToken = (token: string, mail_id: string) => Promise<string>

export const createSealToken = (linkSecret: string): SealToken => {
  const key = sealedTokenKey(linkSecret)
  return (token, kid) =>
    new CompactEncrypt(new TextEncoder().encode(token))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid })
      .encrypt(key)
}

interface Written {
  address: string
  content: AccountMailContent
  expires_at: string
  /** The address is not proven: its owner may refuse further mail. */
  can_refuse?: boolean
}

/** Adds a mail to what is to be sent, in the transaction of its cause. */
export const writeMail = async (
  tx: Tx,
  reader: MailReader,
  written: Written,
  sealed: { id: string; sealed_token: string } | undefined = undefined,
): Promise<void> => {
  const { id: user_id, locale, time_zone } = reader
  const now = tx.clock.now().toString()
  await tx.insert(accountMails).values({
    id: uuidv7(),
    ...sealed,
    can_refuse: false,
    ...written,
    ...{ user_id, locale, time_zone },
    created_at: now,
    next_attempt_at: now,
  })
}

const kinds = { confirm: 'confirm-address', change: 'confirm-new-address', reset: 'reset-password' } as const

/** Writes a mail whose link carries a new token. */
export const writeTokenMail = async (
  tx: Tx,
  { sealToken, notify }: { sealToken: SealToken; notify: Notify },
  reader: MailReader,
  { purpose, address, can_refuse }: { purpose: MailPurpose; address: string; can_refuse: boolean },
): Promise<void> => {
  const id = uuidv7()
  const { token, expires_at } = await issueMailToken(tx, { user_id: reader.id, purpose, address })
  const sealed = { id, sealed_token: await sealToken(token, id) }
  await writeMail(tx, reader, { address, content: { kind: kinds[purpose] }, expires_at, can_refuse }, sealed)
  // Somebody is waiting for it; notices wait until the mails are next looked at.
  tx.afterCommit.push(() => void notify(accountMailChannel))
}
