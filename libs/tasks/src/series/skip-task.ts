import type { SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { Problem, type Tx } from '@taskflow/service-kit'
import { moveReminders } from '../reminders/reminder-list.ts'
import { changeTask, markDeleted } from '../task/change-task.ts'
import { lockTask } from '../task/find-task.ts'
import { taskEvents } from '../task/task-events.ts'
import { dateAfterTask } from './next-date.ts'
import { dueAt } from './schedule.ts'
import { lockSeriesOfTask } from './store-series.ts'

/**
 * What skipping an open task changes. On completion it moves to the next date, its reminders with it; on schedule,
 * where the next one comes by itself, it is deleted. Problem 409 when no date follows.
 */
export const skipping = (series: SeriesRow, task: Task, now: string): Partial<Task> | 'delete' => {
  if (series.mode === 'on_schedule') return 'delete'
  const date = dateAfterTask(series, task, now)
  if (date === null) throw new Problem('conflict', 'this is the last date of the series; complete or delete the task')
  const due = dueAt(series, date)
  return { ...due, reminders: moveReminders(task.reminders, task, { ...task, ...due }) }
}

/**
 * Skips a task of a series. Returns undefined when that deletes it. Problem 409 when it does not recur, is completed or
 * no date follows.
 */
export const skipTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  expectedVersion?: number,
): Promise<Task | undefined> => {
  const series = await lockSeriesOfTask(tx, user_id, id)
  const task = await lockTask(tx, user_id, id, expectedVersion)
  if (!series || task.recurrence_rule === null)
    throw new Problem('conflict', 'the task does not recur; delete it instead')
  if (task.is_completed) throw new Problem('conflict', 'the task is completed; reopen it first')
  return skipOpenTask(tx, series, task)
}

/** Skips a locked, open task of a locked series. */
export const skipOpenTask = async (tx: Tx, series: SeriesRow, task: Task): Promise<Task | undefined> => {
  const change = skipping(series, task, tx.clock.now().toString())
  if (change !== 'delete') return changeTask(tx, task, change, taskEvents.updated)
  await markDeleted(tx, task)
  return undefined
}
