import { type SeriesRow, series, tasks } from '@taskflow/database'
import type { Changed } from '@taskflow/event-contracts'
import { Problem, type Tx } from '@taskflow/service-kit'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'
import { requireVersion } from '../task/require-version.ts'
import { appendToTasksOutbox } from '../task/task-events.ts'
import { recurringTaskChangedEvent } from './series-events.ts'

/*
 * Whoever writes a series and its tasks locks the series first, then the tasks: one order, no deadlock. The lock lets
 * rows that refer to the series be inserted meanwhile.
 */
const lock = 'no key update'

/** A series, locked; undefined when there is none. */
export const lockSeries = async (tx: Tx, id: string): Promise<SeriesRow | undefined> => {
  const [row] = await tx.select().from(series).where(eq(series.id, id)).for(lock)
  return row
}

/** The series of the user's task, locked; undefined when the task has none or does not exist. */
export const lockSeriesOfTask = async (tx: Tx, user_id: string, task_id: string): Promise<SeriesRow | undefined> => {
  const ofTask = tx
    .select({ id: tasks.series_id })
    .from(tasks)
    .where(and(eq(tasks.id, task_id), eq(tasks.user_id, user_id)))
  const [row] = await tx.select().from(series).where(inArray(series.id, ofTask)).for(lock)
  return row
}

/**
 * A recurring task of the user, locked. Problems: 404 when it does not exist, is deleted or belongs to someone else,
 * 412 when it is not at the expected version.
 */
export const lockRecurringTask = async (
  tx: Tx,
  user_id: string,
  id: string,
  expectedVersion: number | undefined,
): Promise<SeriesRow> => {
  const [row] = await tx.select().from(series).where(ownSeries(user_id, id)).for(lock)
  if (!row) throw unknownSeries()
  requireVersion(row, expectedVersion)
  return row
}

export const ownSeries = (user_id: string, id: string) =>
  and(eq(series.id, id), eq(series.user_id, user_id), isNull(series.deleted_at))

export const unknownSeries = () => new Problem('not-found', 'there is no such recurring task')

/** The columns of a new series. One that is imported brings its id. */
export type NewSeries = Omit<SeriesRow, 'id' | 'version' | 'created_at' | 'updated_at' | 'deleted_at' | 'skipped'> & {
  id?: string
}

/** Writes a new series with its event. */
export const insertSeries = async (tx: Tx, columns: NewSeries): Promise<SeriesRow> => {
  const now = tx.clock.now().toString()
  const [row] = await tx
    .insert(series)
    .values({ id: uuidv7(), ...columns, version: 1, created_at: now, updated_at: now })
    .returning()
  await appendToTasksOutbox(tx, [recurringTaskChangedEvent(row!, {})])
  return row!
}

/** Writes a locked series' new state as its next version, with its event. No change writes and publishes nothing. */
export const changeSeries = async (tx: Tx, before: SeriesRow, change: Partial<SeriesRow>): Promise<SeriesRow> => {
  const fields = (Object.keys(change) as (keyof SeriesRow)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(change[field]),
  )
  if (fields.length === 0) return before
  const after: SeriesRow = {
    ...before,
    ...change,
    version: before.version + 1,
    updated_at: tx.clock.now().toString(),
  }
  const { id, ...columns } = after
  await tx.update(series).set(columns).where(eq(series.id, id))
  const changed = Object.fromEntries(fields.map((field) => [field, [before[field], after[field]]])) as Changed
  await appendToTasksOutbox(tx, [recurringTaskChangedEvent(after, changed)])
  return after
}
