import type { SeriesRow, TaskRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { z } from 'zod'
import { createOccurrence } from './series/create-occurrence.ts'
import { noNext } from './series/next-columns.ts'
import { dateAfterTask } from './series/next-date.ts'
import { changeSeries, lockSeriesOfTask } from './series/store-series.ts'
import { lockOpenTasks } from './series/tasks-of-series.ts'
import { markDeleted } from './task/change-task.ts'
import { lockTask } from './task/find-task.ts'

/**
 * What becomes of the series of a deleted open task: the next occurrence follows (`skip`), nothing more follows (`end`),
 * or nothing follows until it is resumed (`keep`).
 */
export const seriesChoice = z.enum(['skip', 'end', 'keep'])
export type SeriesChoice = z.infer<typeof seriesChoice>

/** Deletes a task: it is kept, but no longer found, and can be restored for 30 days. */
export const deleteTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  options: { expectedVersion?: number | undefined; series?: SeriesChoice | undefined } = {},
): Promise<void> => {
  const series = await lockSeriesOfTask(tx, user_id, id)
  const task = await lockTask(tx, user_id, id, options.expectedVersion)
  await markDeleted(tx, task, series && (await leaveSeries(tx, series, task, options.series)))
}

/**
 * Takes an open task out of its locked series. No series stays active with nothing to come: by default one whose only
 * open task is deleted ends, and one on schedule, or with other open tasks, goes on.
 */
const leaveSeries = async (
  tx: Tx,
  series: SeriesRow,
  task: Task,
  chosen: SeriesChoice | undefined,
): Promise<TaskRow['series_when_deleted'] | undefined> => {
  if (!series.is_active || task.is_completed || task.recurrence_rule === null) return undefined
  const goesOn = series.mode === 'on_schedule' || (await lockOpenTasks(tx, series.id, { except: task.id })).length > 0
  const step = seriesStep(chosen, goesOn)
  if (step === undefined) return undefined
  if (step === 'skip') {
    const date = dateAfterTask(series, task, tx.clock.now().toString())
    if (date !== null) {
      await createOccurrence(tx, series, { occurrence: task.occurrence! + 1, date })
      return 'skip'
    }
  }
  await changeSeries(tx, series, { is_active: false, ...noNext })
  return step === 'keep' ? 'pause' : 'end'
}

const seriesStep = (chosen: SeriesChoice | undefined, goesOn: boolean): SeriesChoice | undefined =>
  chosen === 'end' ? 'end' : goesOn ? undefined : (chosen ?? 'end')
