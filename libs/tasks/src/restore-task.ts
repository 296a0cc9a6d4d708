import { type SeriesRow, type TaskRow, tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import { restorableFor } from './lists/task-filter.ts'
import { cancelPassed } from './reminders/reminder-list.ts'
import { replaceReminders } from './reminders/store-reminders.ts'
import { goingOn } from './series/pause-recurring-task.ts'
import { removeUntouched } from './series/remove-untouched.ts'
import { changeSeries, lockSeriesOfTask } from './series/store-series.ts'
import { unknownTask, withReminders } from './task/find-task.ts'
import { changesBetween } from './task/record.ts'
import { requireVersion } from './task/require-version.ts'
import { appendToTasksOutbox, taskEvents } from './task/task-events.ts'

/**
 * The next version of a task whose deletion is undone. Reminders whose time has passed since are cancelled, and a task
 * whose series is deleted no longer recurs.
 */
export const restored = (before: Task, series: SeriesRow | undefined, now: string): Task => ({
  ...before,
  recurrence_rule: series && series.deleted_at === null ? before.recurrence_rule : null,
  reminders: cancelPassed(before.reminders, now),
  version: before.version + 1,
  updated_at: now,
})

/**
 * Restores a deleted task, with the event task.updated in a version above the deleted one. Restoring it again changes
 * nothing. Problem 404 after 30 days.
 */
export const restoreTask = async (tx: Tx, user_id: string, id: string, expectedVersion?: number): Promise<Task> => {
  const series = await lockSeriesOfTask(tx, user_id, id)
  const { deleted_at, series_when_deleted, ...before } = await lockRestorable(tx, user_id, id)
  requireVersion(before, expectedVersion)
  if (deleted_at === null) return before
  const now = tx.clock.now().toString()
  const task = restored(before, series, now)
  if (series && series.deleted_at === null) await takeBack(tx, series, task, series_when_deleted, now)
  const { recurrence_rule, version, updated_at } = task
  const columns = { deleted_at: null, series_when_deleted: null, recurrence_rule, version, updated_at }
  await tx.update(tasks).set(columns).where(eq(tasks.id, id))
  await replaceReminders(tx, id, task.reminders)
  const changed = { ...changesBetween(before, task), deleted_at: [deleted_at, null] as [string, null] }
  await appendToTasksOutbox(tx, taskEvents.updated(task, changed))
  return task
}

/** Undoes what the deletion did to the series: it goes on, or the occurrence that took the task's place goes. */
const takeBack = async (
  tx: Tx,
  series: SeriesRow,
  task: Task,
  done: TaskRow['series_when_deleted'],
  now: string,
): Promise<void> => {
  if (done === 'skip') await removeUntouched(tx, series.id, task.occurrence)
  else if (done !== null && !series.is_active) await changeSeries(tx, series, goingOn(series, task, now))
}

/** A task of the user, deleted or not, locked. */
const lockRestorable = async (
  tx: Tx,
  user_id: string,
  id: string,
): Promise<Task & Pick<TaskRow, 'deleted_at' | 'series_when_deleted'>> => {
  const since = tx.clock.now().subtract(restorableFor).toString()
  const [row] = await tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.id, id), eq(tasks.user_id, user_id), or(isNull(tasks.deleted_at), gt(tasks.deleted_at, since))))
    .for('update')
  if (!row) throw unknownTask()
  const [task] = await withReminders(tx, [row])
  return { ...task!, deleted_at: row.deleted_at, series_when_deleted: row.series_when_deleted }
}
