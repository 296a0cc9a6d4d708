import { endpoint, Problem } from '@taskflow/service-kit'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { findUserByEmail, publicUser } from '../domain/users.ts'
import { signedIn } from './schemas.ts'

export const login = ({ db, passwords, accessTokens }: Deps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/login',
    summary: 'Sign in',
    access: 'public',
    body: z.strictObject({ email: z.string().trim().max(254), password: z.string().max(200) }),
    answers: { 200: signedIn },
    handle: async ({ body }) => {
      const user = body.email.includes('\0') ? undefined : await findUserByEmail(db, body.email)
      if (!(await passwords.matches(body.password, user?.password_hash)) || !user) {
        throw new Problem('unauthorized', 'e-mail address or password is wrong')
      }
      return {
        status: 200,
        body: { user: publicUser(user), token: await accessTokens.issue({ user_id: user.id, role: user.role }) },
      }
    },
  })
