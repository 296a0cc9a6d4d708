import { createHmac, hkdfSync } from 'node:crypto'
import { suppressedAddresses, users } from '@taskflow/database'
import { addressDigest } from '@taskflow/event-contracts'
import type { Database, Tx } from '@taskflow/service-kit'
import { and, eq } from 'drizzle-orm'

/** Recognises addresses without keeping them: who reads the table cannot test a list of addresses against it. */
export interface AddressHashes {
  of(address: string): string
  /** Of an address of which only the digest is known (addressDigest). */
  ofDigest(digest: string): string
}

/** Another key forgets the addresses. */
export const createAddressHashes = (accountKey: string): AddressHashes => {
  const key = Buffer.from(hkdfSync('sha256', accountKey, '', 'taskflow: addresses that want no mail', 32))
  const ofDigest = (digest: string) => createHmac('sha256', key).update(digest).digest('base64url')
  return { of: (address) => ofDigest(addressDigest(address)), ofDigest }
}

/**
 * No more mail to an address, whoever has or will have an account with it. Only confirming the address by a mail to it
 * ends that. `user_id` is whose mail it was about; returns whether that account still has the address, and whether
 * this is new.
 */
export const suppressAddress = async (
  tx: Tx,
  hashes: AddressHashes,
  { digest, user_id }: { digest: string; user_id: string },
): Promise<{ isOfAccount: boolean; isNew: boolean }> => {
  const hash = hashes.ofDigest(digest)
  const { rowCount } = await tx
    .insert(suppressedAddresses)
    .values({ hash, created_at: tx.clock.now().toString() })
    .onConflictDoNothing()
  const isNew = rowCount === 1
  const [user] = await tx.select({ email: users.email }).from(users).where(eq(users.id, user_id))
  if (!user || addressDigest(user.email) !== digest) return { isOfAccount: false, isNew }
  await tx
    .update(users)
    .set({ address_hash: hash })
    .where(and(eq(users.id, user_id), eq(users.email, user.email)))
  return { isOfAccount: true, isNew }
}

export const isSuppressed = async (db: Pick<Database, 'select'>, hash: string | null): Promise<boolean> => {
  if (hash === null) return false
  const found = await db
    .select({ hash: suppressedAddresses.hash })
    .from(suppressedAddresses)
    .where(eq(suppressedAddresses.hash, hash))
  return found.length > 0
}

/** The owner of the address wants mail again. */
export const liftSuppression = async (tx: Tx, hash: string): Promise<void> => {
  await tx.delete(suppressedAddresses).where(eq(suppressedAddresses.hash, hash))
}
