import type { IncomingHttpHeaders } from 'node:http'
import { type MailTokenRow, type UserRow, users } from '@taskflow/database'
import { userUpdated } from '@taskflow/event-contracts'
import { Problem, type Tx } from '@taskflow/service-kit'
import { and, eq, ne, sql } from 'drizzle-orm'
import { recordAccountAction } from '../record-account-action.ts'
import { appendUserEvent } from '../user-events.ts'
import type { AccountMail } from './deps.ts'
import { type EndedAccess, endAccess } from './end-access.ts'
import { endMailTokens, takeMailToken } from './mail-tokens.ts'
import { notifyAccountChange } from './notify-account-change.ts'
import { liftSuppression } from './suppression.ts'

/**
 * The owner of an address has followed the link of a mail to it: the account may use it from now on, and mail to it is
 * wanted. A new address replaces the old one and ends all sessions. Undefined: the link no longer works. Problem 409
 * when the new address has an account by now.
 */
export const confirmAddress = async (
  tx: Tx,
  mail: AccountMail,
  { token, headers }: { token: string; headers: IncomingHttpHeaders },
): Promise<{ email: string; ended: EndedAccess } | undefined> => {
  const taken = await takeMailToken(tx, token, ['confirm', 'change'])
  const user = taken && (await lockUser(tx, taken.user_id))
  if (!taken || !user) return undefined
  const isChange = taken.purpose === 'change'
  if (!isChange && user.email !== taken.address) return undefined
  const action = isChange ? 'email_changed' : 'email_confirmed'
  await recordAccountAction(tx, user.id, { action, actor: 'anyone', headers })
  if (isChange) return changeAddress(tx, mail, user, taken)
  await proveAddress(tx, mail, user)
  await endMailTokens(tx, user.id, ['confirm'])
  return { email: user.email, ended: { sessions: [], apiTokens: [] } }
}

export const lockUser = async (tx: Tx, id: string): Promise<UserRow | undefined> => {
  const [user] = await tx.select().from(users).where(eq(users.id, id)).for('update')
  return user
}

/** The address of a user, whose row is locked, is its owner's. Held reminders to it go on. */
export const proveAddress = async (tx: Tx, { hashes }: AccountMail, user: UserRow): Promise<void> => {
  const { id, email, time_zone, locale } = user
  const address_hash = hashes.of(email)
  await liftSuppression(tx, address_hash)
  if (user.email_confirmed_at !== null) return
  await tx.update(users).set({ email_confirmed_at: tx.clock.now().toString(), address_hash }).where(eq(users.id, id))
  const changed = { email_confirmed: [false, true] } satisfies Record<string, [boolean, boolean]>
  await appendUserEvent(tx, userUpdated, id, { user: { id, time_zone, locale }, changed })
}

const changeAddress = async (tx: Tx, mail: AccountMail, user: UserRow, { address }: MailTokenRow) => {
  const taken = new Problem('conflict', 'this e-mail address has an account already')
  const isOthers = and(eq(sql`lower(${users.email})`, address.toLowerCase()), ne(users.id, user.id))
  if ((await tx.$count(users, isOthers)) > 0) throw taken
  await notifyAccountChange(tx, user.id, 'address-changed', { new_address: partOf(address) })
  try {
    await tx
      .update(users)
      .set({ email: address, address_hash: mail.hashes.of(address) })
      .where(eq(users.id, user.id))
  } catch (error) {
    // Somebody signed up with it at the same moment.
    if ((error as { cause?: { code?: string } }).cause?.code === '23505') throw taken
    throw error
  }
  await proveAddress(tx, mail, { ...user, email: address })
  await endMailTokens(tx, user.id, ['confirm', 'reset', 'change'])
  return { email: address, ended: await endAccess(tx, user.id) }
}

/** Enough of an address to recognise it by: a***@example.com. */
export const partOf = (address: string): string => address.replace(/^(.).*(?=@[^@]*$)/, '$1***')
