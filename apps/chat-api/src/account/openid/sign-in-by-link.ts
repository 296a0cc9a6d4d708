import type { IncomingHttpHeaders } from 'node:http'
import { openidLinks, type UserRow, users } from '@taskflow/database'
import { type Origin, Problem } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import type { AccountDeps } from '../deps.ts'
import { requireSecondFactor } from '../second-factor/endpoints.ts'
import { hasSecondFactor } from '../second-factor/second-factor.ts'
import type { Session } from '../sessions.ts'
import { signIn } from '../sign-in.ts'
import { findUser } from '../users.ts'
import { unusable } from './identify-response.ts'
import { useLink } from './openid-links.ts'
import { keepState, type StateClaim, takeWaitingLink } from './openid-states.ts'

interface Claim {
  link_id: string
  /** It waited for a second factor; if not, this is what it will wait under. */
  isWaiting: boolean
  state: StateClaim
  code: string | undefined
  headers: IncomingHttpHeaders
  address: string
  origin: Origin
}

/**
 * Signs in the person of a link. A second factor is asked for as after a password: the same request again, with its
 * code. Problem 401 naming `code` until then; 403 when the account is suspended.
 */
export const signInByLink = async (deps: AccountDeps, claim: Claim): Promise<{ user: UserRow; session: Session }> => {
  const { db, transaction, knownDevices } = deps
  const { link_id, state, code, headers, address, origin } = claim
  const [found] = await db
    .select({ user: users })
    .from(openidLinks)
    .innerJoin(users, eq(users.id, openidLinks.user_id))
    .where(eq(openidLinks.id, link_id))
  if (!found) throw unusable()
  const { id: user_id, suspended_at } = found.user
  if (suspended_at) throw suspended()
  const known = await knownDevices.find(user_id, headers)
  const asksForCode = await hasSecondFactor(db, user_id)
  if (asksForCode && !claim.isWaiting) await keepState(deps, state, { link_id })
  if (asksForCode) await requireSecondFactor(deps, { user_id, code, address, headers, known })
  return transaction(async (tx) => {
    const isTaken = !(asksForCode || claim.isWaiting) || (await takeWaitingLink(tx, state, link_id))
    if (!isTaken || (await useLink(tx, link_id)) !== user_id) throw unusable()
    const user = await findUser(tx, user_id)
    if (user.suspended_at) throw suspended()
    return { user, session: await signIn(tx, user_id, { method: 'openid', headers, address, known }) }
  }, origin)
}

const suspended = () => new Problem('forbidden', 'this account is suspended')
