import type { SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { invalid, type Tx } from '@taskflow/service-kit'
import { z } from 'zod'
import type { TaskPatch } from './input/task-input.ts'
import { changesSchedule, followTask } from './series/follow-task.ts'
import { changeSeries, insertSeries, lockSeriesOfTask } from './series/store-series.ts'
import { changeOpenTasks, newestOfSeries } from './series/tasks-of-series.ts'
import { changeTask } from './task/change-task.ts'
import { lockTask } from './task/find-task.ts'
import { patched } from './task/patch-task.ts'
import { taskEvents } from './task/task-events.ts'

/**
 * How far a change of a recurring task reaches: this task, it and the following ones, or the other open ones too.
 * Without a scope a changed due date stays with this task, and everything else reaches the following ones.
 */
export const changeScope = z.enum(['this', 'following', 'all'])
export type ChangeScope = z.infer<typeof changeScope>

/** Whether a patch reaches the series of its task, which is then locked before the task. */
export const reachesSeries = (patch: TaskPatch, scope: ChangeScope | undefined): boolean =>
  scope !== 'this' &&
  Object.keys(patch).some((field) => scope !== undefined || (field !== 'due_date' && field !== 'due_on'))

/** Whether the dates of the series are counted again from the changed task. */
export const reschedules = (before: Task, wanted: Task, scope: ChangeScope | undefined): boolean =>
  changesSchedule(before, wanted) ||
  (scope !== undefined && (before.due_date !== wanted.due_date || before.due_on !== wanted.due_on))

/** Changes what the patch names. Problem 412 when the task is not at the expected version. */
export const updateTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  patch: TaskPatch,
  options: { expectedVersion?: number | undefined; scope?: ChangeScope | undefined } = {},
): Promise<Task> => {
  const { scope, expectedVersion } = options
  const series = reachesSeries(patch, scope) ? await lockSeriesOfTask(tx, user_id, id) : undefined
  const before = await lockTask(tx, user_id, id, expectedVersion)
  const wanted = patched(before, patch)
  if (scope === 'this') {
    if (before.series_id !== null && changesSchedule(before, wanted))
      throw invalid('scope', 'how a task recurs concerns the following ones too: leave it out, or say "following"')
    return changeTask(tx, before, wanted, taskEvents.updated)
  }
  const placed = await writeSeries(tx, series, { before, wanted, patch }, reschedules(before, wanted, scope))
  if (scope === 'all' && series) await changeOpenTasks(tx, series.id, patch, { except: id })
  return changeTask(tx, before, placed, taskEvents.updated)
}

/** Begins, changes or ends the series of a changed task. Returns the task with its place in the series. */
const writeSeries = async (
  tx: Tx,
  series: SeriesRow | undefined,
  task: { before: Task; wanted: Task; patch: TaskPatch },
  isRescheduled: boolean,
): Promise<Task> => {
  const newest = series && isRescheduled ? await newestOfSeries(tx, series.id) : undefined
  const dates = { reschedules: isRescheduled, newestOccurrence: newest?.occurrence }
  const step = followTask(series, task, dates, tx.clock.now().toString())
  switch (step.kind) {
    case 'none':
      return task.wanted
    case 'change':
      await changeSeries(tx, series!, step.change)
      return task.wanted
    case 'begin': {
      const { id } = await insertSeries(tx, { ...step.columns, user_id: task.before.user_id })
      return { ...task.wanted, series_id: id, occurrence: 1 }
    }
  }
}
