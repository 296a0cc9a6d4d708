import { type SeriesRow, tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { invalid, Problem, type Tx } from '@taskflow/service-kit'
import { changeTask } from '../change-task.ts'
import { deleteTask } from '../delete-task.ts'
import { lockTask } from '../find-task.ts'
import { requireVersion } from '../require-version.ts'
import { isOpenIn } from '../series/newest-task.ts'
import { dateAfterTask, datesOfSeries, localTime, nextColumns, nextOfSeries } from '../series/schedule.ts'
import { changeSeries, lockRecurringTask, lockSeriesOfTask } from '../series/store-series.ts'
import { moveReminders } from '../store-reminders.ts'
import { taskEvents } from '../task-events.ts'

const mostSkipped = 100

/**
 * Skips a task of a series. On completion it moves to the next date; on schedule, where the next one comes by itself,
 * it is deleted and undefined is answered. Problem 409 when it does not recur, is completed or nothing follows.
 */
export const skipTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  expectedVersion?: number,
): Promise<Task | undefined> => {
  const series = await lockSeriesOfTask(tx, user_id, id)
  const task = await lockTask(tx, user_id, id)
  requireVersion(task, expectedVersion)
  if (!series || task.recurrence_rule === null)
    throw new Problem('conflict', 'the task does not recur; delete it instead')
  if (task.is_completed) throw new Problem('conflict', 'the task is completed; reopen it first')
  return skipOpenTask(tx, series, task)
}

const skipOpenTask = async (tx: Tx, series: SeriesRow, task: Task): Promise<Task | undefined> => {
  if (series.mode === 'on_schedule') {
    await deleteTask(tx, task.user_id, task.id)
    return undefined
  }
  const due_date = dateAfterTask(series, task, tx.clock.now().toString())
  if (due_date === null)
    throw new Problem('conflict', 'this is the last date of the series; complete or delete the task')
  const moved = { ...task, due_date }
  return changeTask(tx, task, { due_date, reminders: moveReminders(task.reminders, task, moved) }, taskEvents.updated)
}

/**
 * Skips a date of a recurring task, the next one unless told which. An open task of that date is skipped with it.
 * Problems: 409 when nothing is to come, 422 when the date is none of its dates or too many are skipped.
 */
export const skipDate = async (
  tx: Tx,
  user_id: string,
  id: string,
  date: string | undefined,
  expectedVersion?: number,
): Promise<SeriesRow> => {
  const row = await lockRecurringTask(tx, user_id, id)
  requireVersion(row, expectedVersion)
  if (!row.is_active) throw new Problem('conflict', 'it is paused; resume it first')
  const now = tx.clock.now().toString()
  const open = await openTasks(tx, id)
  const target = date ?? (row.mode === 'on_completion' ? open.at(-1)?.due_date : row.next_occurrence)
  if (!target) throw new Problem('conflict', 'no date is to come')
  const justBefore = Temporal.Instant.from(target).subtract({ milliseconds: 1 }).toString()
  const local = datesOfSeries({ ...row, skipped: [] }, justBefore, 1).find(({ instant }) => instant === target)?.local
  const task = open.find((each) => each.due_date === target)
  if (local === undefined && !task) throw invalid('date', 'is not a date of this recurring task')
  // What has passed needs no remembering.
  const today = localTime(now, row.time_zone).slice(0, 10)
  const skipped = [...new Set([...row.skipped.filter((each) => each >= today), ...(local ? [local] : [])])]
  if (skipped.length > mostSkipped)
    throw invalid('date', `at most ${mostSkipped} dates to come can be skipped; pause it instead`)
  const wanted = { ...row, skipped }
  const next = row.next_occurrence === target ? nextOfSeries(wanted, target) : row.next_occurrence
  const after = await changeSeries(tx, row, { skipped, ...nextColumns(row, next) })
  if (task) await skipOpenTask(tx, after, await lockTask(tx, user_id, task.id))
  return after
}

const openTasks = (tx: Tx, series_id: string) =>
  tx.select({ id: tasks.id, due_date: tasks.due_date }).from(tasks).where(isOpenIn(series_id)).orderBy(tasks.occurrence)
