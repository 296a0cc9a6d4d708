import { openidLinks, passkeys } from '@taskflow/database'
import { Problem, type Tx } from '@taskflow/service-kit'
import { and, eq, inArray } from 'drizzle-orm'
import { lockUser } from '../mail/confirm-address.ts'
import type { OpenidProviders } from './providers.ts'

/**
 * After a way to sign in was removed, in that transaction: Problem 409 when it was the last. A link is none when its
 * provider is not configured any more.
 */
export const requireWayIn = async (tx: Tx, { all }: OpenidProviders, user_id: string): Promise<void> => {
  // Locked: of two that remove the last two ways at once, one is refused.
  const user = await lockUser(tx, user_id)
  if (!user || user.password_hash !== null) return
  if ((await tx.$count(passkeys, eq(passkeys.user_id, user_id))) > 0) return
  const issuers = all.map(({ provider }) => provider.issuer)
  const isUsable = and(eq(openidLinks.user_id, user_id), inArray(openidLinks.issuer, issuers))
  if ((await tx.$count(openidLinks, isUsable)) > 0) return
  throw new Problem(
    'conflict',
    'you have no other way to sign in: add a passkey first, or set a password by "Forgot your password?"',
  )
}
