import type { SeriesRow } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import type { TaskPatch } from '../input.ts'
import { requireVersion } from '../require-version.ts'
import { ensureOpenTask, lastDate, newestOfSeries } from '../series/newest-task.ts'
import { nextColumns, nextOfSeries, noNext, withRule } from '../series/schedule.ts'
import { changeSeries, lockRecurringTask } from '../series/store-series.ts'
import { contentFields, relativeReminders, scheduleOnTasks } from '../series/template.ts'
import { type ChangeScope, changeOthers } from '../update-task.ts'
import { type RecurringPatch, startIn } from './input.ts'

/**
 * Changes what the patch names: in the tasks to come, and with the scope `all` in the open ones too, whose dates stay.
 * How it recurs is shown by the open tasks in either case.
 */
export const updateRecurringTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  patch: RecurringPatch,
  options: { expectedVersion?: number | undefined; scope: Exclude<ChangeScope, 'this'> },
): Promise<SeriesRow> => {
  const before = await lockRecurringTask(tx, user_id, id)
  requireVersion(before, options.expectedVersion)
  const { rule, pattern, start_date, recurrence_mode, reminders, ...given } = patch
  const time_zone = given.time_zone ?? before.time_zone
  const wanted: SeriesRow = {
    ...before,
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    ...(reminders ? { reminders: relativeReminders(reminders) } : {}),
    rule: rule ?? pattern ?? before.rule,
    mode: recurrence_mode ?? before.mode,
    start_date: start_date === undefined ? before.start_date : startIn(start_date, time_zone),
  }
  const reschedules = (['rule', 'interval', 'mode', 'start_date', 'time_zone'] as const).some(
    (field) => before[field] !== wanted[field],
  )
  if (reschedules) {
    const from = await lastDate(tx, id)
    // Expanded in either mode, so that a rule which cannot be is refused here.
    wanted.next_occurrence = withRule('rule', () => nextOfSeries(wanted, from))
    wanted.last_occurrence = Math.max(before.last_occurrence, (await newestOfSeries(tx, id))?.occurrence ?? 0)
  }
  const isAnnounced = wanted.is_active && wanted.mode === 'on_schedule'
  const next = isAnnounced ? nextColumns(wanted, wanted.next_occurrence) : noNext
  const after = await changeSeries(tx, before, { ...wanted, ...next })
  const told = options.scope === 'all' ? ([...contentFields, 'reminders'] as const) : []
  const content: TaskPatch = Object.fromEntries(told.map((field) => [field, patch[field]]))
  await changeOthers(tx, id, undefined, { ...content, ...scheduleOnTasks(after) })
  await ensureOpenTask(tx, after)
  return after
}
