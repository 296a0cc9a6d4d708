import type { SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { invalid, Problem, type Tx } from '@taskflow/service-kit'
import { dueFrom } from '../task/due.ts'
import { nextColumns } from './next-columns.ts'
import { dateAfter, datesAfter, justBefore, localTime } from './schedule.ts'
import { skipOpenTask } from './skip-task.ts'
import { changeSeries, lockRecurringTask } from './store-series.ts'
import { lockOpenTasks } from './tasks-of-series.ts'

const maxSkipped = 100

/**
 * What skipping a date of a series changes, and the open task of that date, which is skipped with it. The default is
 * the next date: on completion the newest open task's, on schedule the next occurrence. Skipped dates that have passed
 * are forgotten. Problems: 409 when it is paused or no date is to come, 422 when the date is none of its dates or too
 * many are skipped.
 */
export const skippingDate = <Open extends Pick<Task, 'due_date' | 'due_on' | 'time_zone' | 'occurrence'>>(
  row: SeriesRow,
  open: Open[],
  date: string | undefined,
  now: string,
): { change: Partial<SeriesRow>; task: Open | undefined } => {
  if (!row.is_active) throw new Problem('conflict', 'it is paused; resume it first')
  const byOccurrence = open.toSorted((a, b) => a.occurrence! - b.occurrence!)
  const target = date ?? (row.mode === 'on_completion' ? dateOf(byOccurrence.at(-1)) : row.next_occurrence)
  if (!target) throw new Problem('conflict', 'no date is to come')
  const [first] = datesAfter({ ...row, skipped: [] }, justBefore(target), 1)
  const local = first?.instant === target ? first.local : undefined
  const task = byOccurrence.find((each) => dueFrom(each) === target)
  if (local === undefined && !task) throw invalid('date', 'is not a date of this recurring task')
  const today = localTime(now, row.time_zone).slice(0, 10)
  const skipped = [...new Set([...row.skipped.filter((each) => each >= today), ...(local ? [local] : [])])]
  if (skipped.length > maxSkipped)
    throw invalid('date', `at most ${maxSkipped} dates to come can be skipped; pause it instead`)
  const next = row.next_occurrence === target ? dateAfter(row, target) : row.next_occurrence
  return { change: { skipped, ...nextColumns(row, next) }, task }
}

const dateOf = (task: Parameters<typeof dueFrom>[0] | undefined) => task && dueFrom(task)

/** Skips a date of a recurring task, by default the next one, and an open task of that date with it. */
export const skipDate = async (
  tx: Tx,
  user_id: string,
  id: string,
  date: string | undefined,
  expectedVersion?: number,
): Promise<SeriesRow> => {
  const row = await lockRecurringTask(tx, user_id, id, expectedVersion)
  const { change, task } = skippingDate(row, await lockOpenTasks(tx, id), date, tx.clock.now().toString())
  const after = await changeSeries(tx, row, change)
  if (task) await skipOpenTask(tx, after, task)
  return after
}
