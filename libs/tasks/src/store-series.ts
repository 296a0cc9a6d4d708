import { type SeriesRow, series } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { nextOccurrence, RecurrenceError } from '@taskflow/recurrence'
import { invalid, type Tx } from '@taskflow/service-kit'
import { eq, sql } from 'drizzle-orm'
import { v7 as uuidv7 } from 'uuid'

type Recurring = Pick<
  Task,
  'user_id' | 'due_date' | 'time_zone' | 'recurrence_rule' | 'recurrence_interval' | 'recurrence_mode'
>

/** The schedule of a recurring task as columns: counted from its due date, or from now when it has none. */
const scheduleColumns = (task: Recurring, now: string) => {
  const first = task.due_date ?? now
  const local = Temporal.Instant.from(first).toZonedDateTimeISO(task.time_zone).toPlainDateTime()
  const schedule = {
    rule: task.recurrence_rule!,
    interval: task.recurrence_interval,
    start: local.toString({ smallestUnit: 'second' }),
    time_zone: task.time_zone,
  }
  try {
    const next = nextOccurrence(schedule, first)?.instant ?? null
    return {
      rule: schedule.rule,
      interval: schedule.interval,
      mode: task.recurrence_mode,
      start_date: schedule.start,
      time_zone: schedule.time_zone,
      next_occurrence: task.recurrence_mode === 'on_schedule' ? next : null,
    }
  } catch (error) {
    if (error instanceof RecurrenceError) throw invalid('recurrence_rule', `${error.part}: ${error.message}`)
    throw error
  }
}

/** Begins the series of a task that is to recur. */
export const insertSeries = async (tx: Tx, task: Recurring): Promise<SeriesRow> => {
  const now = tx.clock.now().toString()
  const [row] = await tx
    .insert(series)
    .values({
      id: uuidv7(),
      user_id: task.user_id,
      ...scheduleColumns(task, now),
      version: 1,
      created_at: now,
      updated_at: now,
    })
    .returning()
  return row!
}

/** Gives a series another rule; it is counted anew from the task with which it was changed. */
export const updateSeries = async (
  tx: Tx,
  id: string,
  task: Recurring,
): Promise<{ before: SeriesRow; after: SeriesRow }> => {
  const now = tx.clock.now().toString()
  const [before] = await tx.select().from(series).where(eq(series.id, id)).for('update')
  const [after] = await tx
    .update(series)
    .set({
      ...scheduleColumns(task, now),
      is_active: true,
      last_occurrence: sql`(SELECT max(occurrence) FROM tasks.tasks WHERE series_id = ${id})`,
      version: before!.version + 1,
      updated_at: now,
    })
    .where(eq(series.id, id))
    .returning()
  return { before: before!, after: after! }
}

/** Ends a series: no further task is made. */
export const endSeries = async (tx: Tx, id: string): Promise<{ before: SeriesRow; after: SeriesRow }> => {
  const [before] = await tx.select().from(series).where(eq(series.id, id)).for('update')
  const [after] = await tx
    .update(series)
    .set({
      is_active: false,
      next_occurrence: null,
      version: before!.version + 1,
      updated_at: tx.clock.now().toString(),
    })
    .where(eq(series.id, id))
    .returning()
  return { before: before!, after: after! }
}
