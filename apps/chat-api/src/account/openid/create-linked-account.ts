import type { IncomingHttpHeaders } from 'node:http'
import type { UserRow } from '@taskflow/database'
import { type Origin, Problem } from '@taskflow/service-kit'
import type { AccountDeps } from '../deps.ts'
import { profile } from '../endpoints/schemas.ts'
import { requireSignupsLeft } from '../endpoints/signup.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { beginSession, deviceOf, type Session } from '../sessions.ts'
import { createUser, findUserByEmail } from '../users.ts'
import { addLink } from './openid-links.ts'
import type { Identity } from './provider-client.ts'
import type { OpenidProvider } from './settings.ts'

/**
 * Creates an account without a password for somebody whom no account is linked to, and signs them in. Their address
 * counts as confirmed: the provider has verified it. An address that has an account is not taken over: its owner signs in
 * and links. Problem 403 without a verified address, 409 when it has an account.
 */
export const createLinkedAccount = async (
  deps: AccountDeps,
  provider: OpenidProvider,
  identity: Identity,
  person: { time_zone: string; locale: string; headers: IncomingHttpHeaders; address: string; origin: Origin },
): Promise<{ user: UserRow; session: Session }> => {
  const { db, clock, transaction, accountMail } = deps
  const { time_zone, locale, headers, address, origin } = person
  if (!identity.email?.isVerified) throw unverified(provider)
  const { address: email } = identity.email
  if (await findUserByEmail(db, email)) throw taken(provider)
  await requireSignupsLeft(deps, address)
  return transaction(async (tx) => {
    const user = await createUser(tx, {
      ...{ email, name: nameOf(identity.name, email), time_zone, locale, password_hash: null },
      email_confirmed_at: clock.now().toString(),
      address_hash: accountMail.hashes.of(email),
    })
    // Somebody who signs in in two tabs at once, and whose address changed in between.
    if ((await addLink(tx, user.id, identity)) === undefined) throw taken(provider)
    const details = { name: provider.name }
    await recordAccountAction(tx, user.id, { action: 'identity_linked', actor: 'person', headers, details })
    return { user, session: await beginSession(tx, user.id, deviceOf({ headers, address })) }
  }, origin)
}

/** What the provider calls them; it need not be a name that people may give themselves. */
const nameOf = (name: string | undefined, email: string): string =>
  profile.shape.name.safeParse(name?.slice(0, 200)).data ?? email.split('@')[0]!

const unverified = ({ name }: OpenidProvider) =>
  new Problem(
    'forbidden',
    `${name} gives no e-mail address that it has verified: sign up with a password, then link ${name} in the settings`,
  )

const taken = ({ name }: OpenidProvider) =>
  new Problem('conflict', `your address has an account: sign in to it, then link ${name} in the settings`)
