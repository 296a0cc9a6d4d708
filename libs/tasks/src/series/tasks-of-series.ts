import { type SeriesRow, tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { and, asc, desc, eq, isNull, ne } from 'drizzle-orm'
import type { TaskPatch } from '../input/task-input.ts'
import { changeTask } from '../task/change-task.ts'
import { withReminders } from '../task/find-task.ts'
import { patched } from '../task/patch-task.ts'
import { taskEvents } from '../task/task-events.ts'
import { createOccurrence } from './create-occurrence.ts'
import { missingOccurrence, type NewestTask } from './next-date.ts'

/** The newest task of a series, deleted or not; undefined before the first. */
export const newestOfSeries = async (tx: Tx, series_id: string): Promise<NewestTask | undefined> => {
  const [row] = await tx
    .select({
      due_date: tasks.due_date,
      due_on: tasks.due_on,
      time_zone: tasks.time_zone,
      occurrence: tasks.occurrence,
      is_completed: tasks.is_completed,
      deleted_at: tasks.deleted_at,
    })
    .from(tasks)
    .where(eq(tasks.series_id, series_id))
    .orderBy(desc(tasks.occurrence))
    .limit(1)
  return row
}

/** The open tasks of a locked series, locked. */
export const lockOpenTasks = async (tx: Tx, series_id: string, options: { except?: string } = {}): Promise<Task[]> => {
  const rows = await tx
    .select()
    .from(tasks)
    .where(
      and(
        eq(tasks.series_id, series_id),
        eq(tasks.is_completed, false),
        isNull(tasks.deleted_at),
        options.except === undefined ? undefined : ne(tasks.id, options.except),
      ),
    )
    .orderBy(asc(tasks.id))
    .for('update')
  return withReminders(tx, rows)
}

/** Makes a change, except of dates, in the open tasks of a locked series. */
export const changeOpenTasks = async (
  tx: Tx,
  series_id: string,
  { due_date: _, due_on: _o, ...patch }: TaskPatch,
  options: { except?: string } = {},
): Promise<void> => {
  for (const task of await lockOpenTasks(tx, series_id, options))
    await changeTask(tx, task, patched(task, patch), taskEvents.updated)
}

/** Gives a locked series in on_completion mode an open task, if it has none. */
export const ensureOpenTask = async (tx: Tx, row: SeriesRow): Promise<void> => {
  if (row.mode !== 'on_completion') return
  const missing = missingOccurrence(row, await newestOfSeries(tx, row.id), tx.clock.now().toString())
  if (missing) await createOccurrence(tx, row, missing)
}
