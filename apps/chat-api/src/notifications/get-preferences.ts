import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { preferencesAnswer, readPreferences } from './stored-preferences.ts'

export const getPreferences = ({ db }: BaseDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/notifications/preferences',
    summary: 'Show how you are notified',
    access: 'user',
    scope: 'account:read',
    answers: { 200: preferencesAnswer },
    handle: async ({ user }) => ({ status: 200, body: await readPreferences(db, user.user_id) }),
  })
