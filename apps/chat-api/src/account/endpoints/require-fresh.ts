import { type Person, Problem } from '@taskflow/service-kit'
import type { AccountDeps } from '../deps.ts'
import { hasFreshSession } from '../session-list.ts'
import { findUser } from '../users.ts'
import { type GivenProof, requireOwner } from './require-owner.ts'

/**
 * What lasts longer than a session needs a sign-in of the last 15 minutes or the password. Problem 403 without either,
 * 422 for a wrong password.
 */
export const requireFresh = async (deps: AccountDeps, person: Person, given: GivenProof): Promise<void> => {
  const { db, clock } = deps
  if (given.password === undefined && (await hasFreshSession(db, clock, person.session_id))) return
  const user = await findUser(db, person.user_id)
  if (given.password === undefined && user.password_hash !== null) {
    throw new Problem('forbidden', 'you signed in more than 15 minutes ago: send your password too, as "password"', {
      errors: [{ path: 'password', message: 'is needed' }],
    })
  }
  await requireOwner(deps, user, person, given)
}
