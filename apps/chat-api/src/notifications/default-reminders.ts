import type { Tx } from '@taskflow/service-kit'
import type { NewTask } from '@taskflow/tasks'
import { readPreferences } from './stored-preferences.ts'

/**
 * The reminders of a task that is created without any: one, the user's default lead time before its due date, unless
 * that time has passed.
 */
export const defaultReminders = async (
  tx: Tx,
  user_id: string,
  { due_date, time_zone }: { due_date: string | null; time_zone: string },
): Promise<NewTask['reminders']> => {
  if (due_date === null) return []
  const { default_lead_time: offset } = await readPreferences(tx, user_id)
  if (offset === null) return []
  const at = Temporal.Instant.from(due_date).toZonedDateTimeISO(time_zone).subtract(offset).toInstant()
  return Temporal.Instant.compare(at, tx.clock.now()) > 0 ? [{ type: 'before', offset }] : []
}
