import type { IncomingHttpHeaders } from 'node:http'
import type { UserRow } from '@taskflow/database'
import { invalid, type Person, Problem } from '@taskflow/service-kit'
import type { AccountDeps } from '../deps.ts'
import { countFailedSignIn, countingRefusals } from '../failed-sign-ins.ts'
import { hasFreshSession } from '../session-list.ts'
import { wrongPassword } from './wrong-password.ts'

/** Somebody who is signed in, with the password that they give to prove who they are. */
export interface GivenProof {
  password: string | undefined
  address: string
  headers: IncomingHttpHeaders
}

/**
 * What only the owner may do needs the password; of an account without one, a sign-in of the last 15 minutes. Returns the
 * RateLimit fields of the check. Problem 422 for a wrong or missing password, 403 for an old sign-in.
 */
export const requireOwner = async (
  deps: AccountDeps,
  user: UserRow,
  { session_id }: Person,
  { password, address, headers }: GivenProof,
): Promise<Record<string, string>> => {
  const { db, clock, checkPassword } = deps
  const { id: user_id, email, password_hash: stored } = user
  if (password === undefined) {
    if (stored !== null) throw invalid('password', 'is needed')
    if (await hasFreshSession(db, clock, session_id)) return {}
    throw new Problem('forbidden', 'you signed in more than 15 minutes ago: sign out and in again')
  }
  const tried = { user_id, action: 'confirmation_failed', address, headers } as const
  const verdict = await countingRefusals(deps, tried, () =>
    checkPassword({ email, password, stored, address, known: session_id }),
  )
  if (verdict.right) return verdict.headers
  await countFailedSignIn(deps, tried)
  throw wrongPassword('password', verdict.headers)
}
