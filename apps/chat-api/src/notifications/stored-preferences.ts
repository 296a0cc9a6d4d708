import { users } from '@taskflow/database'
import {
  type Preferences,
  type PreferencesPatch,
  preferences,
  preferencesOf,
  userUpdated,
} from '@taskflow/event-contracts'
import { appendEvents, type Database, newEvent, Problem, type Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'

export const preferencesAnswer = preferences.meta({ id: 'Preferences' })

const unknownUser = () => new Problem('not-found', 'there is no such account')

/** How a user wants to be notified. Problem 404 when the account is gone. */
export const readPreferences = async (db: Database | Tx, user_id: string): Promise<Preferences> => {
  const [user] = await db.select({ preferences: users.preferences }).from(users).where(eq(users.id, user_id))
  if (!user) throw unknownUser()
  return preferencesOf(user.preferences)
}

/** Changes what the patch names and tells the mesh, so that what waits is planned anew. No change tells nothing. */
export const changePreferences = async (tx: Tx, user_id: string, patch: PreferencesPatch): Promise<Preferences> => {
  const [user] = await tx.select().from(users).where(eq(users.id, user_id)).for('update')
  if (!user) throw unknownUser()
  const stored = user.preferences
  const chosen = { ...stored, ...patch, channels: { ...stored.channels, ...patch.channels } }
  const [before, after] = [preferencesOf(stored), preferencesOf(chosen)]
  if (JSON.stringify(before) === JSON.stringify(after)) return after
  await tx.update(users).set({ preferences: chosen }).where(eq(users.id, user_id))
  const { id, time_zone, locale } = user
  await appendEvents(tx, 'tasks', [
    newEvent('user-events', userUpdated, {
      key: id,
      subject: id,
      user_id: id,
      payload: { user: { id, time_zone, locale }, changed: { preferences: [before, after] } },
    }),
  ])
  return after
}
