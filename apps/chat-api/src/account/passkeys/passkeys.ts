import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import { passkeyChallenges, passkeys } from '@taskflow/database'
import { type Clock, type Database, Problem, type Tx } from '@taskflow/service-kit'
import { and, desc, eq, gt, isNull, lt, or } from 'drizzle-orm'

/** Where passkeys are valid: the host name of the public address, and pages of that address only. */
export interface RelyingParty {
  id: string
  origin: string
}

export const relyingPartyOf = (publicUrl: string): RelyingParty => {
  const { hostname, origin } = new URL(publicUrl)
  return { id: hostname, origin }
}

const maxPasskeys = 20
const challengeMinutes = 5

const { id, name, created_at, last_used_at } = passkeys

/** A person's passkeys, newest first. */
export const listPasskeys = (db: Database, user_id: string) =>
  db
    .select({ id, name, created_at, last_used_at })
    .from(passkeys)
    .where(eq(passkeys.user_id, user_id))
    .orderBy(desc(created_at), desc(id))

const keepChallenge = async ({ db, clock }: { db: Database; clock: Clock }, challenge: string, user_id?: string) => {
  const expires_at = clock.now().add({ minutes: challengeMinutes }).toString()
  await db.insert(passkeyChallenges).values({ challenge, expires_at, ...(user_id && { user_id }) })
}

/** Takes a challenge that was given out, to this person or for a sign-in: each is good for one answer. */
const takeChallenge = (tx: Tx, user_id: string | undefined) => async (challenge: string) => {
  const { rowCount } = await tx
    .delete(passkeyChallenges)
    .where(
      and(
        eq(passkeyChallenges.challenge, challenge),
        user_id === undefined ? isNull(passkeyChallenges.user_id) : eq(passkeyChallenges.user_id, user_id),
        gt(passkeyChallenges.expires_at, tx.clock.now().toString()),
      ),
    )
  return Boolean(rowCount)
}

/** What a browser needs to make a passkey. Problem 409 when the person has twenty. */
export const beginRegistration = async (
  deps: { db: Database; clock: Clock },
  { id: rpID }: RelyingParty,
  person: { id: string; email: string; name: string },
) => {
  const own = await deps.db.select().from(passkeys).where(eq(passkeys.user_id, person.id))
  if (own.length >= maxPasskeys) throw new Problem('conflict', `you have ${maxPasskeys} passkeys; remove one first`)
  const options = await generateRegistrationOptions({
    rpName: 'TaskFlow',
    rpID,
    userName: person.email,
    userDisplayName: person.name,
    userID: new Uint8Array(Buffer.from(person.id)),
    attestationType: 'none',
    excludeCredentials: own.map((each) => ({ id: each.id, transports: each.transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await keepChallenge(deps, options.challenge, person.id)
  return options
}

/** Adds a passkey that a browser made. Undefined when it does not answer a challenge of this person. */
export const addPasskey = async (
  tx: Tx,
  { id: expectedRPID, origin: expectedOrigin }: RelyingParty,
  user_id: string,
  wished: { name: string; response: RegistrationResponseJSON },
): Promise<string | undefined> => {
  const { verified, registrationInfo } = await verifyRegistrationResponse({
    response: wished.response,
    expectedChallenge: takeChallenge(tx, user_id),
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
  }).catch(refusal)
  if (!verified || !registrationInfo) return undefined
  const { credential } = registrationInfo
  const { rowCount } = await tx
    .insert(passkeys)
    .values({
      id: credential.id,
      user_id,
      name: wished.name,
      public_key: Buffer.from(credential.publicKey).toString('base64url'),
      counter: credential.counter,
      transports: credential.transports ?? [],
      created_at: tx.clock.now().toString(),
    })
    .onConflictDoNothing()
  return rowCount ? credential.id : undefined
}

/** Removes a passkey of a person; returns its name. Problem 404. */
export const removePasskey = async (tx: Tx, user_id: string, passkey_id: string): Promise<string> => {
  const isTheirs = and(eq(id, passkey_id), eq(passkeys.user_id, user_id))
  const [removed] = await tx.delete(passkeys).where(isTheirs).returning({ name })
  if (!removed) throw new Problem('not-found', 'there is no such passkey')
  return removed.name
}

/** What a browser needs to use a passkey: to sign in, or by a person who is signed in. */
export const beginAuthentication = async (
  deps: { db: Database; clock: Clock },
  { id: rpID }: RelyingParty,
  user_id?: string,
) => {
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required' })
  await keepChallenge(deps, options.challenge, user_id)
  return options
}

/** Whose passkey signed a challenge, given to this person or for a sign-in. Undefined when it is not valid. */
export const usePasskey = async (
  tx: Tx,
  { id: expectedRPID, origin: expectedOrigin }: RelyingParty,
  response: AuthenticationResponseJSON,
  user_id?: string,
): Promise<string | undefined> => {
  const [passkey] = await tx.select().from(passkeys).where(eq(id, response.id)).for('update')
  const challenge = takeChallenge(tx, user_id)
  if (!passkey || (user_id !== undefined && passkey.user_id !== user_id)) return undefined
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: challenge,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: true,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(Buffer.from(passkey.public_key, 'base64url')),
      counter: passkey.counter,
    },
  }).catch(refusal)
  if (!verified || !authenticationInfo) return undefined
  const { newCounter } = authenticationInfo
  const { rowCount } = await tx
    .update(passkeys)
    .set({ counter: newCounter, last_used_at: tx.clock.now().toString() })
    // Passkeys that are synchronised do not count: theirs stays 0.
    .where(and(eq(id, passkey.id), or(lt(passkeys.counter, newCounter), eq(passkeys.counter, 0))))
  return rowCount ? passkey.user_id : undefined
}

/** The library throws for what a client sent wrong; anything else is ours. */
const refusal = (error: unknown): { verified: false; registrationInfo?: never; authenticationInfo?: never } => {
  if (error instanceof Error && !('code' in error)) return { verified: false }
  throw error
}
