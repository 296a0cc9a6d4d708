import type { SeriesRow } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { localStart, type RecurringTaskPatch } from '../input/recurring-task-input.ts'
import type { TaskPatch } from '../input/task-input.ts'
import { nextColumns } from './next-columns.ts'
import { lastDate, type NewestTask } from './next-date.ts'
import { checkedNext } from './schedule.ts'
import { contentFields, relativeReminders, scheduleOnTasks } from './series-fields.ts'
import { changeSeries, lockRecurringTask } from './store-series.ts'
import { changeOpenTasks, ensureOpenTask, newestOfSeries } from './tasks-of-series.ts'

/**
 * A series with a patch applied. When its dates change, they go on after the last one that has a task, and its
 * occurrences after the highest number used. Problem 422 for an impossible rule.
 */
export const patchedSeries = (
  before: SeriesRow,
  patch: RecurringTaskPatch,
  newest: NewestTask | undefined,
  now: string,
): SeriesRow => {
  const { rule, pattern, start_date, start_on, recurrence_mode, reminders, ...given } = patch
  const time_zone = given.time_zone ?? before.time_zone
  const wanted: SeriesRow = {
    ...before,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(reminders ? { reminders: relativeReminders(reminders) } : {}),
    rule: rule ?? pattern ?? before.rule,
    mode: recurrence_mode ?? before.mode,
    ...startOf(start_on ?? start_date, start_on !== undefined, time_zone),
  }
  const reschedules = (['rule', 'interval', 'mode', 'start_date', 'is_all_day', 'time_zone'] as const).some(
    (field) => before[field] !== wanted[field],
  )
  if (reschedules) {
    // Expanded in either mode, so that an impossible rule is refused here.
    wanted.next_occurrence = checkedNext('rule', wanted, lastDate(wanted, newest, now))
    if (start_on !== undefined || start_date !== undefined) wanted.first_occurrence = (newest?.occurrence ?? 0) + 1
    wanted.last_occurrence = Math.max(before.last_occurrence, newest?.occurrence ?? 0)
  }
  return { ...wanted, ...nextColumns(wanted, wanted.next_occurrence) }
}

const startOf = (start: string | undefined, is_all_day: boolean, time_zone: string) =>
  start === undefined ? {} : { start_date: localStart(start, time_zone), is_all_day }

/**
 * The part of a patch that the open tasks get, except their dates: always the schedule, with the scope `all` all of it.
 */
export const patchOfOpenTasks = (
  after: SeriesRow,
  patch: RecurringTaskPatch,
  scope: 'following' | 'all',
): TaskPatch => {
  const named = scope === 'all' ? ([...contentFields, 'reminders'] as const) : []
  return { ...Object.fromEntries(named.map((field) => [field, patch[field]])), ...scheduleOnTasks(after) }
}

/**
 * Changes what the patch names: in the tasks to come, and with the scope `all` in the open ones too, whose dates stay.
 * The open tasks show the new schedule in either case.
 */
export const updateRecurringTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  patch: RecurringTaskPatch,
  options: { expectedVersion?: number | undefined; scope: 'following' | 'all' },
): Promise<SeriesRow> => {
  const before = await lockRecurringTask(tx, user_id, id, options.expectedVersion)
  const newest = await newestOfSeries(tx, id)
  const after = await changeSeries(tx, before, patchedSeries(before, patch, newest, tx.clock.now().toString()))
  await changeOpenTasks(tx, id, patchOfOpenTasks(after, patch, options.scope))
  await ensureOpenTask(tx, after)
  return after
}
