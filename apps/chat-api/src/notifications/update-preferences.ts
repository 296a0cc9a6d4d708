import { preferencesPatch } from '@taskflow/event-contracts'
import { type BaseDeps, endpoint } from '@taskflow/service-kit'
import { durationInput } from '@taskflow/tasks'
import { changePreferences, preferencesAnswer } from './stored-preferences.ts'

const patch = preferencesPatch
  .extend({ default_lead_time: durationInput.nullable().optional() })
  .meta({ id: 'PreferencesPatch' })

export const updatePreferences = ({ transaction }: BaseDeps) =>
  endpoint({
    method: 'patch',
    path: '/api/v1/notifications/preferences',
    summary: 'Change how you are notified',
    access: 'user',
    scope: 'account:write',
    body: patch,
    answers: { 200: preferencesAnswer },
    handle: async ({ body, user, origin }) => ({
      status: 200,
      body: await transaction((tx) => changePreferences(tx, user.user_id, body), origin),
    }),
  })
