import { endpoint, type Person, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { requireFresh } from '../endpoints/require-fresh.ts'
import { insteadOfFresh } from '../endpoints/schemas.ts'
import { notifyAccountChange } from '../mail/notify-account-change.ts'
import { recordAccountAction } from '../record-account-action.ts'
import { findUser } from '../users.ts'
import { type CodeClaim, checkCode, wrongCode } from './check-code.ts'
import * as secondFactor from './second-factor.ts'

const path = '/api/v1/auth/second-factor'

export const givenCode = z.string().max(20).meta({ description: 'of the authenticator app, or a recovery code' })

const codesAnswer = z
  .object({ recovery_codes: z.array(z.string()).meta({ description: 'shown once; each works once' }) })
  .meta({ id: 'RecoveryCodes' })

const confirmed = z.strictObject({
  password: insteadOfFresh,
})

/** Shows whether sign-in asks for a code. */
export const showSecondFactor = ({ db }: AccountDeps) =>
  endpoint({
    method: 'get',
    path,
    summary: 'Whether sign-in asks for a code of an authenticator app',
    access: 'person',
    answers: {
      200: z.object({ is_on: z.boolean(), recovery_codes_left: z.int() }).meta({ id: 'SecondFactor' }),
    },
    handle: async ({ user: { user_id } }) => ({
      status: 200,
      body: {
        is_on: await secondFactor.hasSecondFactor(db, user_id),
        recovery_codes_left: await secondFactor.countRecoveryCodes(db, user_id),
      },
    }),
  })

export const beginSecondFactor = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path,
    summary: 'Begin to use an authenticator app: returns its secret, to be confirmed with a first code',
    access: 'person',
    body: confirmed,
    answers: {
      201: z
        .object({ secret: z.string(), uri: z.string().meta({ description: 'for a QR code: otpauth://totp/...' }) })
        .meta({ id: 'BegunSecondFactor' }),
    },
    handle: async ({ body: { password }, user, address, headers, origin }) => {
      await requireFresh(deps, user, { password, address, headers })
      const person = await findUser(deps.db, user.user_id)
      const begun = await deps.transaction((tx) => secondFactor.beginSecondFactor(tx, deps.secretBox, person), origin)
      return { status: 201, body: begun }
    },
  })

export const confirmSecondFactor = ({ transaction, secretBox }: AccountDeps) =>
  endpoint({
    method: 'post',
    path: `${path}/confirm`,
    summary: 'Confirm the authenticator app with a code: sign-in asks for one from then on',
    access: 'person',
    body: z.strictObject({ code: givenCode }),
    problems: [401],
    answers: { 200: codesAnswer },
    handle: async ({ body: { code }, user: { user_id }, headers, origin }) => {
      const codes = await transaction(async (tx) => {
        const made = await secondFactor.confirmSecondFactor(tx, secretBox, user_id, code)
        if (!made) return undefined
        await recordAccountAction(tx, user_id, { action: 'second_factor_added', actor: 'person', headers })
        await notifyAccountChange(tx, user_id, 'second-factor-added', {})
        return made
      }, origin)
      if (!codes) throw new Problem('invalid', 'code: is wrong', { errors: [{ path: 'code', message: 'is wrong' }] })
      return { status: 200, body: { recovery_codes: codes } }
    },
  })

/** A person who proves to have it: what removes or replaces a second factor must not be possible without it. */
const requireCode = async (deps: AccountDeps, user: Person, claim: Pick<CodeClaim, 'code' | 'address' | 'headers'>) => {
  if (!(await secondFactor.hasSecondFactor(deps.db, user.user_id))) {
    throw new Problem('not-found', 'you have no authenticator app')
  }
  await checkCode(deps, { ...claim, user_id: user.user_id, known: user.session_id }).catch((error: unknown) => {
    // 401 would sign a page out.
    if (error instanceof Problem && error.problem === 'unauthorized') {
      throw new Problem('invalid', error.message, { errors: error.errors })
    }
    throw error
  })
}

export const removeSecondFactor = (deps: AccountDeps) =>
  endpoint({
    method: 'delete',
    path,
    summary: 'Stop using the authenticator app',
    access: 'person',
    body: z.strictObject({ code: givenCode }),
    problems: [404],
    answers: { 204: null },
    handle: async ({ body: { code }, user, address, headers, origin }) => {
      await requireCode(deps, user, { code, address, headers })
      await deps.transaction(async (tx) => {
        await secondFactor.removeSecondFactor(tx, user.user_id)
        const act = { action: 'second_factor_removed', actor: 'person', headers } as const
        await recordAccountAction(tx, user.user_id, act)
        await notifyAccountChange(tx, user.user_id, 'second-factor-removed', {})
      }, origin)
      return { status: 204 }
    },
  })

export const replaceRecoveryCodes = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: `${path}/recovery-codes`,
    summary: 'Make new recovery codes; the ones before stop working',
    access: 'person',
    body: z.strictObject({ code: givenCode }),
    problems: [404],
    answers: { 200: codesAnswer },
    handle: async ({ body: { code }, user, address, headers, origin }) => {
      await requireCode(deps, user, { code, address, headers })
      const recovery_codes = await deps.transaction(async (tx) => {
        const act = { action: 'recovery_codes_created', actor: 'person', headers } as const
        await recordAccountAction(tx, user.user_id, act)
        await notifyAccountChange(tx, user.user_id, 'recovery-codes-created', {})
        return secondFactor.replaceRecoveryCodes(tx, deps.secretBox, user.user_id)
      }, origin)
      return { status: 200, body: { recovery_codes } }
    },
  })

/** At sign-in, after the password: asks for a code when the person has a second factor. */
export const requireSecondFactor = async (
  deps: AccountDeps,
  claim: Omit<CodeClaim, 'code'> & { code: string | undefined },
): Promise<void> => {
  if (!(await secondFactor.hasSecondFactor(deps.db, claim.user_id))) return
  const { code } = claim
  if (code === undefined) throw wrongCode('is needed: send a code of your authenticator app, or a recovery code')
  await checkCode(deps, { ...claim, code })
}
