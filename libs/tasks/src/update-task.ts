import type { Task } from '@taskflow/event-contracts'
import type { NewEvent, Tx } from '@taskflow/service-kit'
import { changeTask } from './change-task.ts'
import { lockTask } from './find-task.ts'
import type { TaskPatch } from './input.ts'
import { requireVersion } from './require-version.ts'
import { mergeReminders, moveReminders } from './store-reminders.ts'
import { endSeries, insertSeries, updateSeries } from './store-series.ts'
import { seriesChanged, taskEvents } from './task-events.ts'

/** Changes what the patch names. `expectedVersion` refuses (412) when somebody else was faster. */
export const updateTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  patch: TaskPatch,
  expectedVersion?: number,
): Promise<Task> => {
  const before = await lockTask(tx, user_id, id)
  requireVersion(before, expectedVersion)
  const { reminders: wished, ...fields } = patch
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const wanted: Task = { ...before, ...given }
  const present = wished
    ? mergeReminders(before.reminders, wished, wanted.due_date, wanted.time_zone)
    : before.reminders
  wanted.reminders = moveReminders(present, before, wanted)
  const seriesEvents = await followRecurrence(tx, before, wanted)
  return changeTask(tx, before, wanted, (after, changed) => [...taskEvents.updated(after, changed), ...seriesEvents])
}

/** Begins, changes or ends the series when the patch says how the task is to recur. */
const followRecurrence = async (tx: Tx, before: Task, wanted: Task): Promise<NewEvent[]> => {
  const same =
    before.recurrence_rule === wanted.recurrence_rule &&
    before.recurrence_interval === wanted.recurrence_interval &&
    before.recurrence_mode === wanted.recurrence_mode &&
    before.time_zone === wanted.time_zone
  if (same) return []
  if (wanted.recurrence_rule === null) {
    if (before.series_id === null || before.recurrence_rule === null) return []
    const { before: old, after } = await endSeries(tx, before.series_id)
    return [seriesChanged(after, { is_active: [old.is_active, after.is_active] })]
  }
  if (before.series_id === null) {
    const row = await insertSeries(tx, wanted)
    wanted.series_id = row.id
    wanted.occurrence = 1
    return [seriesChanged(row, {})]
  }
  const { before: old, after } = await updateSeries(tx, before.series_id, wanted)
  return [
    seriesChanged(after, {
      rule: [old.rule, after.rule],
      interval: [old.interval, after.interval],
      mode: [old.mode, after.mode],
      start_date: [old.start_date, after.start_date],
      time_zone: [old.time_zone, after.time_zone],
    }),
  ]
}
