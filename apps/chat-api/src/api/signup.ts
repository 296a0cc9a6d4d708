import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { createUser, publicUser } from '../domain/users.ts'
import { email, locale, password, personName, signedIn, timeZone } from './schemas.ts'

export const signup = ({ transaction, passwords, accessTokens }: Deps) =>
  endpoint({
    method: 'post',
    path: '/api/v1/auth/signup',
    summary: 'Create an account and sign in',
    access: 'public',
    body: z.strictObject({
      email,
      password,
      name: personName,
      time_zone: timeZone.default('UTC'),
      locale: locale.default('en'),
    }),
    answers: { 201: signedIn },
    handle: async ({ body: { password: plain, ...person }, origin }) => {
      const password_hash = await passwords.hash(plain)
      const user = await transaction((tx) => createUser(tx, { ...person, password_hash }), origin)
      return {
        status: 201,
        body: { user: publicUser(user), token: await accessTokens.issue({ user_id: user.id, role: user.role }) },
      }
    },
  })
