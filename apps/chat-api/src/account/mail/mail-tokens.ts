import { type MailTokenRow, mailTokens } from '@taskflow/database'
import type { Database, Tx } from '@taskflow/service-kit'
import { and, eq, gt, inArray } from 'drizzle-orm'
import { hashOf, mailTokenPrefix, newSecretToken } from '../secret-tokens.ts'

export type MailPurpose = MailTokenRow['purpose']

/** How long the link of a mail works, in hours. */
const validHours: Record<MailPurpose, number> = { confirm: 24, reset: 1, change: 1 }

/** Makes a token for a mail; only its hash is stored. Earlier ones stay, or asking again would spoil the link on its way. */
export const issueMailToken = async (
  tx: Tx,
  { user_id, purpose, address }: { user_id: string; purpose: MailPurpose; address: string },
): Promise<{ token: string; expires_at: string }> => {
  const token = newSecretToken(mailTokenPrefix)
  const now = tx.clock.now()
  const row = { user_id, purpose, address, expires_at: now.add({ hours: validHours[purpose] }).toString() }
  await tx.insert(mailTokens).values({ ...row, hash: hashOf(token), created_at: now.toString() })
  return { token, expires_at: row.expires_at }
}

const usable = (token: string, purposes: MailPurpose[], now: Temporal.Instant) =>
  and(
    eq(mailTokens.hash, hashOf(token)),
    inArray(mailTokens.purpose, purposes),
    gt(mailTokens.expires_at, now.toString()),
  )

/** Uses a token up: of any number at once, one gets it. Undefined: unknown, used or expired. */
export const takeMailToken = async (
  tx: Tx,
  token: string,
  purposes: MailPurpose[],
): Promise<MailTokenRow | undefined> => {
  const [row] = await tx
    .delete(mailTokens)
    .where(usable(token, purposes, tx.clock.now()))
    .returning()
  return row
}

/** A token that could be used now: looked for before work that only the holder of one may cause. */
export const findMailToken = async (
  db: Database,
  token: string,
  purposes: MailPurpose[],
  now: Temporal.Instant,
): Promise<MailTokenRow | undefined> => {
  const [row] = await db
    .select()
    .from(mailTokens)
    .where(usable(token, purposes, now))
  return row
}

/** The links that an account was mailed no longer work. */
export const endMailTokens = async (tx: Tx, user_id: string, purposes: MailPurpose[]): Promise<void> => {
  await tx.delete(mailTokens).where(and(eq(mailTokens.user_id, user_id), inArray(mailTokens.purpose, purposes)))
}
