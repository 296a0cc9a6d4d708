import type { IncomingHttpHeaders } from 'node:http'
import { type Person, Problem } from '@taskflow/service-kit'
import type { AccountDeps } from '../deps.ts'
import { countFailedSignIn } from '../failed-sign-ins.ts'
import { hasFreshSession } from '../session-list.ts'
import { findUser } from '../users.ts'
import { wrongPassword } from './wrong-password.ts'

/**
 * What lasts longer than a session needs a sign-in of the last 15 minutes or the password. Problem 403 without either,
 * 422 for a wrong password.
 */
export const requireFresh = async (
  deps: AccountDeps,
  { user_id, session_id }: Person,
  { password, address, headers }: { password: string | undefined; address: string; headers: IncomingHttpHeaders },
): Promise<void> => {
  const { db, clock, checkPassword } = deps
  if (password === undefined) {
    if (await hasFreshSession(db, clock, session_id)) return
    throw new Problem('forbidden', 'you signed in more than 15 minutes ago: send your password too, as "password"', {
      errors: [{ path: 'password', message: 'is needed' }],
    })
  }
  const { email, password_hash: stored } = await findUser(db, user_id)
  const verdict = await checkPassword({ email, password, stored, address, known: session_id })
  if (verdict.right) return
  await countFailedSignIn(deps, { user_id, action: 'confirmation_failed', address, headers })
  throw wrongPassword('password', verdict.headers)
}
