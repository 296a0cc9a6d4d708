import { preferences, preferencesPatch } from '@taskflow/database'
import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { durationInput } from '@taskflow/tasks'
import { changePreferences } from './stored-preferences.ts'

const patch = preferencesPatch.extend({ default_lead_time: durationInput.nullable().optional() })

export const updatePreferences = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'patch',
    path: '/api/v1/notifications/preferences',
    summary: 'Change how you are notified',
    access: 'user',
    scope: 'account:write',
    body: patch,
    answers: { 200: preferences },
    handle: async ({ body, user, origin }) => ({
      status: 200,
      body: await transaction((tx) => changePreferences(tx, user.user_id, body), origin),
    }),
  })
