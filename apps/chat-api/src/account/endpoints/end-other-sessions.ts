import { endpoint } from '@taskflow/service-kit'
import type { AccountDeps } from '../deps.ts'
import * as sessions from '../session-list.ts'

export const endOtherSessions = ({ transaction, authentication }: AccountDeps) =>
  endpoint({
    method: 'delete',
    path: '/api/v1/auth/sessions',
    summary: 'Sign out everywhere else',
    access: 'person',
    answers: { 204: null },
    handle: async ({ user, origin }) => {
      authentication.forgetSessions(await transaction((tx) => sessions.endOtherSessions(tx, user), origin))
      return { status: 204 }
    },
  })
