import type { UserRow } from '@taskflow/database'
import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { ownAccount } from '../own-account.ts'
import { changeUser } from '../users.ts'
import { meAnswer, profile } from './schemas.ts'

export const updateMe = ({ db, transaction }: BaseDeps) =>
  endpoint({
    method: 'patch',
    path: '/api/v1/auth/me',
    summary: 'Change your name, time zone or locale',
    access: 'user',
    scope: 'account:write',
    body: profile.partial().meta({ id: 'UserPatch' }),
    answers: { 200: meAnswer },
    handle: async ({ body, user, origin }) => {
      const change = (before: UserRow) => ({
        name: body.name ?? before.name,
        time_zone: body.time_zone ?? before.time_zone,
        locale: body.locale ?? before.locale,
      })
      const changed = await transaction((tx) => changeUser(tx, user.user_id, change), origin)
      return { status: 200, body: await ownAccount(db, changed) }
    },
  })
