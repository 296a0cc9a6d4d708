import { endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { countFailedSignIn, countingRefusals, type FailedSignIn } from '../failed-sign-ins.ts'
import { givenCode, requireSecondFactor } from '../second-factor/endpoints.ts'
import { signIn } from '../sign-in.ts'
import { findUserByEmail, holdPassword } from '../users.ts'
import { givenPassword } from './schemas.ts'
import { signedIn, signedInAnswer } from './signed-in.ts'

/** An unknown address and a wrong password look the same, and take the same time. */
export const login = (deps: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/login',
    summary: 'Sign in',
    access: 'public',
    body: z.strictObject({
      email: z.string().trim().max(254),
      password: givenPassword,
      code: givenCode.optional(),
    }),
    problems: [401, 403],
    answers: { 200: signedInAnswer },
    handle: async ({ body: { email, password, code }, headers, address, origin }) => {
      const { db, transaction, checkPassword, knownDevices } = deps
      const user = email.includes('\0') ? undefined : await findUserByEmail(db, email)
      const known = user && (await knownDevices.find(user.id, headers))
      const stored = user?.password_hash
      const claim = { email, password, stored, address, user_id: user?.id, known }
      const tried: FailedSignIn = { user_id: user?.id, action: 'sign_in_failed', address, headers }
      const { right, headers: limits } = await countingRefusals(deps, tried, () => checkPassword(claim))
      if (right && user?.suspended_at) throw suspended()
      if (user && right) await requireSecondFactor(deps, { user_id: user.id, code, address, headers, known })
      const session =
        user && right
          ? await transaction(async (tx) => {
              if (!(await holdPassword(tx, user))) return undefined
              return signIn(tx, user.id, { method: 'password', headers, address, known })
            }, origin)
          : undefined
      if (!user || !session) {
        await countFailedSignIn(deps, tried)
        throw new Problem('unauthorized', 'e-mail address or password is wrong', { headers: limits })
      }
      return signedIn(deps, headers, { status: 200, user, session })
    },
  })

const suspended = () =>
  new Problem('forbidden', 'this account is suspended; write to whoever runs this service to have it restored')
