import { type SeriesRow, series, tasks } from '@taskflow/database'
import type { Changed } from '@taskflow/event-contracts'
import { Problem, type Tx } from '@taskflow/service-kit'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { append, seriesChanged } from '../task-events.ts'

/*
 * Whoever writes a series and its tasks locks the series first, then the tasks: one order, no deadlock. The lock lets
 * rows that refer to the series be inserted beside it.
 */
const lock = 'no key update'

/** A series, locked; undefined when there is none. */
export const lockSeries = async (tx: Tx, id: string): Promise<SeriesRow | undefined> => {
  const [row] = await tx.select().from(series).where(eq(series.id, id)).for(lock)
  return row
}

/** The series of the user's task, locked; undefined when the task has none or is not there. */
export const lockSeriesOfTask = async (tx: Tx, user_id: string, task_id: string): Promise<SeriesRow | undefined> => {
  const ofTask = tx
    .select({ id: tasks.series_id })
    .from(tasks)
    .where(and(eq(tasks.id, task_id), eq(tasks.user_id, user_id)))
  const [row] = await tx.select().from(series).where(inArray(series.id, ofTask)).for(lock)
  return row
}

/** A recurring task of the user, locked. Problem 404 when it does not exist, is deleted or belongs to someone else. */
export const lockRecurringTask = async (tx: Tx, user_id: string, id: string): Promise<SeriesRow> => {
  const [row] = await tx.select().from(series).where(ownSeries(user_id, id)).for(lock)
  if (!row) throw unknownSeries()
  return row
}

export const ownSeries = (user_id: string, id: string) =>
  and(eq(series.id, id), eq(series.user_id, user_id), isNull(series.deleted_at))

export const unknownSeries = () => new Problem('not-found', 'there is no such recurring task')

type NewSeries = Omit<
  SeriesRow,
  'id' | 'version' | 'created_at' | 'updated_at' | 'deleted_at' | 'skipped' | 'is_active'
>

/** Begins a series and tells of it. One that comes from elsewhere brings its id. */
export const insertSeries = async (tx: Tx, columns: NewSeries & { id?: string }): Promise<SeriesRow> => {
  const now = tx.clock.now().toString()
  const [row] = await tx
    .insert(series)
    .values({ id: uuidv7(), ...columns, version: 1, created_at: now, updated_at: now })
    .returning()
  await append(tx, [seriesChanged(row!, {})])
  return row!
}

/** Writes a locked series' new state as its next version and tells of it. What is no change writes and tells nothing. */
export const changeSeries = async (tx: Tx, before: SeriesRow, change: Partial<SeriesRow>): Promise<SeriesRow> => {
  const fields = Object.keys(change) as (keyof SeriesRow)[]
  const changed = fields.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(change[field]))
  if (changed.length === 0) return before
  const after: SeriesRow = {
    ...before,
    ...change,
    version: before.version + 1,
    updated_at: tx.clock.now().toString(),
  }
  const { id, ...columns } = after
  await tx.update(series).set(columns).where(eq(series.id, id))
  const told = Object.fromEntries(changed.map((field) => [field, [before[field], after[field]]])) as Changed
  await append(tx, [seriesChanged(after, told)])
  return after
}
