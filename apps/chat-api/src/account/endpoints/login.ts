import { endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import type { AccountDeps } from '../deps.ts'
import { beginSession } from '../sessions.ts'
import { findUserByEmail, holdPassword } from '../users.ts'
import { givenPassword } from './schemas.ts'
import { signedIn, signedInAnswer } from './signed-in.ts'

/** An unknown address and a wrong password look the same, and take the same time. */
export const login = ({ db, transaction, checkPassword, accessTokens }: AccountDeps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/login',
    summary: 'Sign in',
    access: 'public',
    body: z.strictObject({ email: z.string().trim().max(254), password: givenPassword }),
    problems: [401],
    answers: { 200: signedInAnswer },
    handle: async ({ body: { email, password }, address, origin }) => {
      const user = email.includes('\0') ? undefined : await findUserByEmail(db, email)
      const { right, headers } = await checkPassword({ email, password, stored: user?.password_hash, address })
      const session =
        user && right
          ? await transaction(
              async (tx) => ((await holdPassword(tx, user)) ? beginSession(tx, user.id) : undefined),
              origin,
            )
          : undefined
      if (!user || !session) throw new Problem('unauthorized', 'e-mail address or password is wrong', { headers })
      return signedIn(accessTokens, { status: 200, user, session })
    },
  })
