import type { SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { Problem, type Tx } from '@taskflow/service-kit'
import { nextColumns, noNext } from './next-columns.ts'
import { lastDate, type NewestTask } from './next-date.ts'
import { dateAfter, ifAffordable } from './schedule.ts'
import { changeSeries, lockRecurringTask } from './store-series.ts'
import { ensureOpenTask, newestOfSeries } from './tasks-of-series.ts'

/** Makes no further task until it is resumed; open ones stay. Pausing it again changes nothing. */
export const pauseRecurringTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  expectedVersion?: number,
): Promise<SeriesRow> => {
  const row = await lockRecurringTask(tx, user_id, id, expectedVersion)
  return changeSeries(tx, row, { is_active: false, ...noNext })
}

/**
 * What resuming a paused series changes: it goes on with the next date to come, without those of the pause. Problem 409
 * when there is none.
 */
export const resumption = (row: SeriesRow, newest: NewestTask | undefined, now: string): Partial<SeriesRow> => {
  const next = dateAfter(row, lastDate(row, newest, now))
  if (next === null) throw new Problem('conflict', 'the rule has no further date; change it, then resume')
  return { is_active: true, ...nextColumns({ ...row, is_active: true }, next) }
}

/** What makes a series go on that ended with one of its tasks: from that task, or with the next date on schedule. */
export const goingOn = (row: SeriesRow, task: Task, now: string): Partial<SeriesRow> => {
  const last = lastDate(row, { ...task, deleted_at: null }, now)
  const next = row.mode === 'on_schedule' ? ifAffordable(() => dateAfter(row, last), null) : null
  return { is_active: true, ...nextColumns({ ...row, is_active: true }, next) }
}

/** Resumes a recurring task. Resuming an active one changes nothing. */
export const resumeRecurringTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  expectedVersion?: number,
): Promise<SeriesRow> => {
  const row = await lockRecurringTask(tx, user_id, id, expectedVersion)
  if (row.is_active) return row
  const newest = await newestOfSeries(tx, id)
  const resumed = await changeSeries(tx, row, resumption(row, newest, tx.clock.now().toString()))
  await ensureOpenTask(tx, resumed)
  return resumed
}
