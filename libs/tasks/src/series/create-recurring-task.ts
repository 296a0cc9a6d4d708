import type { SeriesRow } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import type { Owner } from '../create-task.ts'
import { localStart, type NewRecurringTask } from '../input/recurring-task-input.ts'
import { nextColumns } from './next-columns.ts'
import { checkedNext, fromToday, justBefore } from './schedule.ts'
import { relativeReminders } from './series-fields.ts'
import { insertSeries, type NewSeries } from './store-series.ts'
import { ensureOpenTask } from './tasks-of-series.ts'

/** The columns of a new series. Its first date is the first that has not passed. Problem 422 for an impossible rule. */
export const newSeries = (owner: Owner, input: NewRecurringTask, now: string): NewSeries => {
  const { rule, pattern, start_date, start_on, recurrence_mode: mode, reminders, ...given } = input
  const time_zone = given.time_zone ?? owner.time_zone
  const columns = {
    ...given,
    user_id: owner.user_id,
    time_zone,
    mode,
    rule: rule ?? pattern!,
    // Without a start the rule has one of its own: DTSTART.
    start_date: localStart(start_on ?? start_date ?? '2000-01-01', time_zone),
    is_all_day: start_on !== undefined,
    reminder_time: given.reminder_time ?? owner.reminder_time ?? '09:00',
    first_occurrence: 1,
    reminders: relativeReminders(reminders),
    last_occurrence: 0,
  }
  // Expanded in either mode, so that an impossible rule is refused here.
  const next = checkedNext('rule', { ...columns, skipped: [] }, justBefore(fromToday(columns, now)))
  return { ...columns, ...nextColumns(columns, next) }
}

/**
 * Creates a recurring task. On schedule its tasks are made when their dates come; on completion the first is made at
 * once. An imported one brings its id.
 */
export const createRecurringTask = async (
  tx: Tx,
  owner: Owner,
  input: NewRecurringTask,
  imported?: { id: string },
): Promise<SeriesRow> => {
  const row = await insertSeries(tx, { ...newSeries(owner, input, tx.clock.now().toString()), ...imported })
  await ensureOpenTask(tx, row)
  return row
}
