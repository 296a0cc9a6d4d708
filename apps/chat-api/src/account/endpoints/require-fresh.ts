import { type Person, Problem } from '@taskflow/service-kit'
import type { AccountDeps } from '../deps.ts'
import { hasFreshSession } from '../session-list.ts'
import { findUser } from '../users.ts'
import { wrongPassword } from './wrong-password.ts'

/**
 * What lasts longer than a session needs a sign-in of the last 15 minutes or the password. Problem 403 without either,
 * 422 for a wrong password.
 */
export const requireFresh = async (
  { db, clock, checkPassword }: Pick<AccountDeps, 'db' | 'clock' | 'checkPassword'>,
  { user_id, session_id }: Person,
  password: string | undefined,
  address: string,
): Promise<void> => {
  if (password === undefined) {
    if (await hasFreshSession(db, clock, session_id)) return
    throw new Problem('forbidden', 'you signed in more than 15 minutes ago: send your password too, as "password"', {
      errors: [{ path: 'password', message: 'is needed' }],
    })
  }
  const { email, password_hash: stored } = await findUser(db, user_id)
  const { right, headers } = await checkPassword({ email, password, stored, address, known: session_id })
  if (!right) throw wrongPassword('password', headers)
}
