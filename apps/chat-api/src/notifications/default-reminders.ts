import type { Tx } from '@taskflow/service-kit'
import { type Due, type NewTask, remindFrom } from '@taskflow/tasks'
import { readPreferences } from './stored-preferences.ts'

/**
 * The reminders of a task that is created without any: one, the user's default lead time before its due date, unless
 * that time has passed.
 */
export const defaultReminders = async (tx: Tx, user_id: string, due: Due): Promise<NewTask['reminders']> => {
  const from = remindFrom(due)
  if (from === null) return []
  const { default_lead_time: offset } = await readPreferences(tx, user_id)
  if (offset === null) return []
  const at = Temporal.Instant.from(from).toZonedDateTimeISO(due.time_zone).subtract(offset).toInstant()
  return Temporal.Instant.compare(at, tx.clock.now()) > 0 ? [{ type: 'before', offset }] : []
}
