import { type Preferences, type PreferencesPatch, preferences, preferencesOf } from '@taskflow/event-contracts'
import type { Database, Tx } from '@taskflow/service-kit'
import { changeUser, findUser } from '../account/users.ts'

export const preferencesAnswer = preferences.meta({ id: 'Preferences' })

/** How a user wants to be notified. Problem 404 when the account is gone. */
export const readPreferences = async (db: Database | Tx, user_id: string): Promise<Preferences> => {
  const { preferences } = await findUser(db, user_id)
  return preferencesOf(preferences)
}

/** Changes what the patch names, for pending notifications too. */
export const changePreferences = async (tx: Tx, user_id: string, patch: PreferencesPatch): Promise<Preferences> => {
  const { preferences } = await changeUser(tx, user_id, ({ preferences: stored }) => ({
    preferences: { ...stored, ...patch, channels: { ...stored.channels, ...patch.channels } },
  }))
  return preferencesOf(preferences)
}
