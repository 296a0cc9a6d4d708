import type { SeriesRow } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { ensureOpenTask } from '../series/newest-task.ts'
import { nextColumns, nextOfSeries, noNext, withRule } from '../series/schedule.ts'
import { insertSeries } from '../series/store-series.ts'
import { relativeReminders } from '../series/template.ts'
import { type NewRecurring, startIn } from './input.ts'

/**
 * Creates a recurring task. On schedule its tasks are made when their dates come, from the first one on that is not
 * past; on completion the first is made at once. `time_zone` is used when none is given. One that comes from elsewhere
 * brings its id.
 */
export const createRecurringTask = async (
  tx: Tx,
  user: { user_id: string; time_zone: string },
  input: NewRecurring,
  imported?: { id: string },
): Promise<SeriesRow> => {
  const { rule, pattern, start_date, recurrence_mode: mode, reminders, ...given } = input
  const time_zone = given.time_zone ?? user.time_zone
  const columns = {
    ...given,
    time_zone,
    mode,
    rule: rule ?? pattern!,
    start_date: startIn(start_date ?? '2000-01-01', time_zone),
    reminders: relativeReminders(reminders),
  }
  // A date that is now counts as one to come.
  const after = tx.clock.now().subtract({ milliseconds: 1 }).toString()
  const next = withRule('rule', () => nextOfSeries({ ...columns, skipped: [] }, after))
  const row = await insertSeries(tx, {
    ...columns,
    ...imported,
    user_id: user.user_id,
    last_occurrence: 0,
    ...(mode === 'on_schedule' && given.is_active ? nextColumns(columns, next) : noNext),
  })
  await ensureOpenTask(tx, row)
  return row
}
