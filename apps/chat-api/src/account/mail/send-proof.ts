import type { UserRow } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import type { Attempt } from '../attempts.ts'
import type { AccountMail } from './deps.ts'
import { countUnproven } from './mail-limits.ts'
import type { MailPurpose } from './mail-tokens.ts'
import { isSuppressed } from './suppression.ts'
import { writeTokenMail } from './write-mail.ts'

/**
 * Mails a link that proves who reads an address. Returns the limit that forbids it: strangers' mailboxes must not fill
 * up, and one whose owner wants no mail gets one a month at most, the only way back.
 */
export const sendProof = async (
  tx: Tx,
  mail: AccountMail,
  user: UserRow,
  { purpose, address }: { purpose: MailPurpose; address: string },
): Promise<Attempt | undefined> => {
  const isProven = user.email_confirmed_at !== null && user.email === address
  if (!isProven) {
    const refused = await isSuppressed(tx, mail.hashes.of(address))
    const exceeded = await countUnproven(tx, mail.limits, address, refused)
    if (exceeded) return exceeded
  }
  await writeTokenMail(tx, mail, user, { purpose, address, can_refuse: !isProven })
  return undefined
}
