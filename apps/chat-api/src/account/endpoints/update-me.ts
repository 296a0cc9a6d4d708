import type { UserRow } from '@taskflow/database'
import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { changeUser, publicUser } from '../users.ts'
import { profile, userAnswer } from './schemas.ts'

export const updateMe = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'patch',
    path: '/api/v1/auth/me',
    summary: 'Change your name, time zone or locale',
    access: 'user',
    scope: 'account:write',
    body: profile.partial().meta({ id: 'UserPatch' }),
    answers: { 200: userAnswer },
    handle: async ({ body, user, origin }) => {
      const change = (before: UserRow) => ({
        name: body.name ?? before.name,
        time_zone: body.time_zone ?? before.time_zone,
        locale: body.locale ?? before.locale,
      })
      const changed = await transaction((tx) => changeUser(tx, user.user_id, change), origin)
      return { status: 200, body: publicUser(changed) }
    },
  })
