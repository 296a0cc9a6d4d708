import { users } from '@taskflow/database'
import type { AccountNotice } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { countAttempt } from '../attempts.ts'
import { writeMail } from './write-mail.ts'

type NoticeOf<Kind extends AccountNotice['kind']> = Omit<Extract<AccountNotice, { kind: Kind }>, 'kind' | 'at'>

/** Notices of one kind to one person; more in a day say nothing new. */
const perDay = { name: 'notices', allowed: 20, windowSeconds: 86_400 }

/** A notice that could not be sent for so long is dropped. */
const noticeHours = 24

/**
 * Mails the owner of an account that its credentials changed or that somebody signed in, in the transaction in which
 * that happens. Only a confirmed address gets it. Before a change of address, call it first: it goes to the old one.
 */
export const notifyAccountChange = async <Kind extends AccountNotice['kind']>(
  tx: Tx,
  user_id: string,
  kind: Kind,
  details: NoticeOf<Kind>,
): Promise<void> => {
  const [user] = await tx.select().from(users).where(eq(users.id, user_id))
  if (!user?.email_confirmed_at) return
  const { exceeded } = await countAttempt({ db: tx, clock: tx.clock }, perDay, `notices ${kind} ${user_id}`)
  if (exceeded) return
  const now = tx.clock.now()
  const texts = Object.entries(details).map(([name, text]) => [name, String(text).slice(0, 200)])
  const content = { kind, at: now.toString(), ...Object.fromEntries(texts) } as AccountNotice
  await writeMail(tx, user, { address: user.email, content, expires_at: now.add({ hours: noticeHours }).toString() })
}
