import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import { sessions } from '@taskflow/database'
import { instant } from '@taskflow/event-contracts'
import { endpoint, Problem } from '@taskflow/service-kit'
import { text } from '@taskflow/tasks'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Allowance } from '../attempts.ts'
import type { AccountDeps } from '../deps.ts'
import { removeWayIn } from '../endpoints/remove-way-in.ts'
import { requireFresh } from '../endpoints/require-fresh.ts'
import { insteadOfFresh } from '../endpoints/schemas.ts'
import { signedIn, signedInAnswer } from '../endpoints/signed-in.ts'
import { requireAllowed } from '../mail/mail-limits.ts'
import { notifyAccountChange } from '../mail/notify-account-change.ts'
import { networkOf } from '../network-of.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { signIn } from '../sign-in.ts'
import { findUser } from '../users.ts'
import * as passkeys from './passkeys.ts'

const path = '/api/v1/auth/passkeys'
const attemptsPerAddress: Allowance = { name: 'passkeys', allowed: 1_000, windowSeconds: 3_600 }

const passkeyAnswer = z
  .object({ id: z.string(), name: z.string(), created_at: instant, last_used_at: instant.nullable() })
  .meta({ id: 'Passkey' })

const options = z
  .looseObject({ challenge: z.string() })
  .meta({ id: 'PasskeyOptions', description: 'for navigator.credentials, as JSON (WebAuthn level 3)' })

/** Base64url, as browsers write the parts of a response. */
const bytes = z.string().max(20_000)
const credential = { id: z.string().max(2_000), rawId: z.string().max(2_000), type: z.literal('public-key') }
const rest = { authenticatorAttachment: z.string().max(50).nullish(), clientExtensionResults: z.looseObject({}) }

const registration = z.object({
  ...credential,
  ...rest,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z.array(z.string().max(50)).max(20).optional(),
  }),
})
const assertion = z.object({
  ...credential,
  ...rest,
  response: z.object({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: z.string().max(2_000).nullish(),
  }),
})

const confirmed = z.strictObject({
  password: insteadOfFresh,
})

const notValid = (problem: 'unauthorized' | 'invalid') =>
  new Problem(problem, 'the passkey is not valid here, or its request has expired; try again')

export const listPasskeys = ({ db }: AccountDeps) =>
  endpoint({
    method: 'get',
    path,
    summary: 'Your passkeys, newest first',
    access: 'person',
    answers: { 200: z.object({ data: z.array(passkeyAnswer) }).meta({ id: 'PasskeyList' }) },
    handle: async ({ user }) => ({ status: 200, body: { data: await passkeys.listPasskeys(db, user.user_id) } }),
  })

export const beginPasskey = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: `${path}/options`,
    summary: 'Begin to make a passkey: returns what the browser needs',
    access: 'person',
    body: confirmed,
    answers: { 200: options },
    handle: async ({ body: { password }, user, address, headers }) => {
      await requireFresh(deps, user, { password, address, headers })
      const person = await findUser(deps.db, user.user_id)
      return { status: 200, body: await passkeys.beginRegistration(deps, deps.relyingParty, person) }
    },
  })

export const addPasskey = ({ transaction, relyingParty }: AccountDeps) =>
  endpoint({
    method: 'post',
    path,
    summary: 'Add the passkey that the browser made',
    access: 'person',
    body: z.strictObject({ name: text(1, 100), response: registration }),
    answers: { 201: z.object({ id: z.string() }).meta({ id: 'AddedPasskey' }) },
    handle: async ({ body: { name, response }, user: { user_id }, headers, origin }) => {
      const wished = { name, response: response as unknown as RegistrationResponseJSON }
      const id = await transaction(async (tx) => {
        const added = await passkeys.addPasskey(tx, relyingParty, user_id, wished)
        if (added === undefined) return undefined
        const details = { name }
        await recordAccountAction(tx, user_id, { action: 'passkey_added', actor: 'person', headers, details })
        await notifyAccountChange(tx, user_id, 'passkey-added', details)
        return added
      }, origin)
      if (id === undefined) throw notValid('invalid')
      return { status: 201, body: { id } }
    },
  })

export const removePasskey = (deps: AccountDeps) =>
  endpoint({
    method: 'delete',
    path: `${path}/:id`,
    summary: 'Remove a passkey; not the last way to sign in',
    access: 'person',
    params: z.object({ id: z.string().max(2_000) }),
    body: confirmed,
    problems: [409],
    answers: { 204: null },
    handle: async (request) => {
      await removeWayIn(deps, request, ['passkey_removed', 'passkey-removed'], (tx) =>
        passkeys.removePasskey(tx, request.user.user_id, request.params.id),
      )
      return { status: 204 }
    },
  })

export const beginPasskeyLogin = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/passkey-login/options',
    summary: 'Begin to sign in with a passkey: returns what the browser needs',
    access: 'public',
    answers: { 200: options },
    handle: async ({ address }) => {
      const subject = `passkeys address ${networkOf(address)}`
      await requireAllowed(deps, attemptsPerAddress, subject, 'too many sign-ins from your network address')
      return { status: 200, body: await passkeys.beginAuthentication(deps, deps.relyingParty) }
    },
  })

/** A passkey is both factors: the device and the finger or PIN that unlocked it. */
export const passkeyLogin = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/passkey-login',
    summary: 'Sign in with a passkey',
    access: 'public',
    body: z.strictObject({ response: assertion }),
    problems: [401, 403],
    answers: { 200: signedInAnswer },
    handle: async ({ body, headers, address, origin }) => {
      const { transaction, relyingParty, knownDevices } = deps
      const response = body.response as unknown as AuthenticationResponseJSON
      const found = await transaction(async (tx) => {
        const user_id = await passkeys.usePasskey(tx, relyingParty, response)
        if (user_id === undefined) return undefined
        const user = await findUser(tx, user_id)
        if (user.suspended_at) return { user }
        const known = await knownDevices.find(user_id, headers)
        const session = await signIn(tx, user_id, { method: 'passkey', headers, address, known })
        return { user, session }
      }, origin)
      if (!found) throw notValid('unauthorized')
      const { user, session } = found
      if (!session) throw new Problem('forbidden', 'this account is suspended')
      return signedIn(deps, headers, { status: 200, user, session })
    },
  })

export const beginStepUp = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/step-up/options',
    summary: 'Begin to prove again who you are, with a passkey',
    access: 'person',
    answers: { 200: options },
    handle: async ({ user }) => ({
      status: 200,
      body: await passkeys.beginAuthentication(deps, deps.relyingParty, user.user_id),
    }),
  })

export const stepUp = ({ transaction, relyingParty, clock }: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/step-up',
    summary: 'Prove again who you are, with a passkey: what needs a fresh sign-in works for 15 minutes',
    access: 'person',
    body: z.strictObject({ response: assertion }),
    answers: { 204: null },
    handle: async ({ body, user, origin }) => {
      const response = body.response as unknown as AuthenticationResponseJSON
      const isTheirs = await transaction(async (tx) => {
        if ((await passkeys.usePasskey(tx, relyingParty, response, user.user_id)) === undefined) return false
        const authenticated_at = clock.now().toString()
        await tx.update(sessions).set({ authenticated_at }).where(eq(sessions.id, user.session_id))
        return true
      }, origin)
      if (!isTheirs) throw notValid('invalid')
      return { status: 204 }
    },
  })
