import { endpoint, tooManyRequests } from '@taskflow/service-kit'
import { z } from 'zod'
import { countAttempt } from '../attempts.ts'
import type { AccountDeps } from '../deps.ts'
import { networkOf } from '../network-of.ts'
import { beginSession, deviceOf } from '../sessions.ts'
import { createUser } from '../users.ts'
import { requireUncommon } from './require-uncommon.ts'
import { email, newPassword, profile } from './schemas.ts'
import { signedIn, signedInAnswer } from './signed-in.ts'

export const signup = (deps: AccountDeps) => {
  const { db, clock, transaction, passwords, signupsPerAddress } = deps
  return endpoint({
    method: 'post',
    path: '/api/v1/auth/signup',
    summary: 'Create an account and sign in',
    access: 'public',
    body: z.strictObject({
      email,
      password: newPassword,
      name: profile.shape.name,
      time_zone: profile.shape.time_zone.default('UTC'),
      locale: profile.shape.locale.default('en'),
    }),
    answers: { 201: signedInAnswer },
    handle: async ({ body: { password, ...person }, headers, address, origin }) => {
      requireUncommon(password, person, 'password')
      if (signupsPerAddress.allowed > 0) {
        const attempt = await countAttempt({ db, clock }, signupsPerAddress, `signup address ${networkOf(address)}`)
        if (attempt.exceeded) throw tooManyRequests('too many accounts from your network address', attempt)
      }
      const password_hash = await passwords.hash(password)
      const created = await transaction(async (tx) => {
        const user = await createUser(tx, { ...person, password_hash })
        return { user, session: await beginSession(tx, user.id, deviceOf({ headers, address })) }
      }, origin)
      return signedIn(deps, headers, { status: 201, ...created })
    },
  })
}
