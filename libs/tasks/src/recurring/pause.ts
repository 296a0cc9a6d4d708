import type { SeriesRow } from '@taskflow/database'
import { Problem, type Tx } from '@taskflow/service-kit'
import { requireVersion } from '../require-version.ts'
import { ensureOpenTask, lastDate } from '../series/newest-task.ts'
import { nextColumns, nextOfSeries, noNext } from '../series/schedule.ts'
import { changeSeries, lockRecurringTask } from '../series/store-series.ts'

/** Makes no further task until it is resumed; open ones stay. Repeating it changes nothing. */
export const pauseRecurringTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  expectedVersion?: number,
): Promise<SeriesRow> => {
  const row = await lockRecurringTask(tx, user_id, id)
  requireVersion(row, expectedVersion)
  return changeSeries(tx, row, { is_active: false, ...noNext })
}

/**
 * Goes on with the next date that is still to come: what the pause left out stays left out. Problem 409 when there is
 * none.
 */
export const resumeRecurringTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  expectedVersion?: number,
): Promise<SeriesRow> => {
  const row = await lockRecurringTask(tx, user_id, id)
  requireVersion(row, expectedVersion)
  if (row.is_active) return row
  const next = nextOfSeries(row, await lastDate(tx, id))
  if (next === null) throw new Problem('conflict', 'the rule has no further date; change it, then resume')
  const columns = row.mode === 'on_schedule' ? nextColumns(row, next) : noNext
  const resumed = await changeSeries(tx, row, { is_active: true, ...columns })
  await ensureOpenTask(tx, resumed)
  return resumed
}
