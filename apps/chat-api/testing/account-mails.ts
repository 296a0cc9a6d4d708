import type { AccountMailContent } from '@taskflow/event-contracts'
import { sealedTokenKey } from '@taskflow/event-contracts'
import type { TestDatabase } from '@taskflow/test-kit'
import { compactDecrypt } from 'jose'
import { linkSecret } from './start-chat-api.ts'

export { createSealToken } from '../src/account/mail/write-mail.ts'

export interface WaitingMail {
  to: string
  kind: AccountMailContent['kind']
  content: AccountMailContent
  can_refuse: boolean
  token: string | undefined
}

/** Takes the account mails that wait, oldest first, as notification-service would read them. */
export const takeMails = async ({ pool }: TestDatabase): Promise<WaitingMail[]> => {
  const { rows } = await pool.query('DELETE FROM identity.account_mails RETURNING *')
  const mails = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  return Promise.all(
    mails.map(async ({ address, content, can_refuse, sealed_token }) => {
      const opened = sealed_token && (await compactDecrypt(sealed_token, sealedTokenKey(linkSecret)))
      const token = opened ? new TextDecoder().decode(opened.plaintext) : undefined
      return { to: address, kind: content.kind, content, can_refuse, token }
    }),
  )
}
