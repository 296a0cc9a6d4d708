import type { Origin, Person, Tx } from '@taskflow/service-kit'
import type { AccountDeps } from '../deps.ts'
import { notifyAccountChange } from '../mail/notify-account-change.ts'
import { requireWayIn } from '../openid/ways-in.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { requireFresh } from './require-fresh.ts'
import type { GivenProof } from './require-owner.ts'

interface Request extends Omit<GivenProof, 'password'> {
  body: { password?: string | undefined }
  user: Person
  origin: Origin
}

/**
 * Removes a way to sign in, never the last one, and reports it to the audit log and the person. Problems: 403 without a
 * fresh sign-in or the password, 409 for the last one. `remove` returns its name.
 */
export const removeWayIn = async (
  deps: AccountDeps,
  { body, user, address, headers, origin }: Request,
  [action, notice]: ['passkey_removed', 'passkey-removed'] | ['identity_unlinked', 'identity-unlinked'],
  remove: (tx: Tx) => Promise<string>,
): Promise<void> => {
  const { user_id } = user
  await requireFresh(deps, user, { password: body.password, address, headers })
  await deps.transaction(async (tx) => {
    const details = { name: await remove(tx) }
    await requireWayIn(tx, deps.openid, user_id)
    await recordAccountAction(tx, user_id, { action, actor: 'person', headers, details })
    await notifyAccountChange(tx, user_id, notice, details)
  }, origin)
}
