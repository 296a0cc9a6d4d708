import { type SeriesRow, series, tasks } from '@taskflow/database'
import type { RecurringTask, Task } from '@taskflow/event-contracts'
import { recurringTaskDue } from '@taskflow/event-contracts'
import type { Schedule } from '@taskflow/recurrence'
import { newEvent, type Tx } from '@taskflow/service-kit'
import { and, asc, desc, eq, lte } from 'drizzle-orm'
import { withReminders } from './find-task.ts'
import { append, toRecurringTask } from './task-events.ts'

/** A series, or undefined. */
export const findSeries = async (tx: Tx, id: string): Promise<SeriesRow | undefined> => {
  const [row] = await tx.select().from(series).where(eq(series.id, id))
  return row
}

/** The schedule that the dates of a series are counted by. */
export const scheduleOfSeries = (row: Pick<SeriesRow, 'rule' | 'interval' | 'start_date' | 'time_zone'>): Schedule => ({
  rule: row.rule,
  interval: row.interval,
  start: row.start_date,
  time_zone: row.time_zone,
})

/** The newest task of a series, deleted or not: what its next one will look like. */
export const newestOfSeries = async (
  tx: Tx,
  series_id: string,
): Promise<(Task & { deleted_at: string | null }) | undefined> => {
  const [row] = await tx
    .select()
    .from(tasks)
    .where(eq(tasks.series_id, series_id))
    .orderBy(desc(tasks.occurrence))
    .limit(1)
  return row && { ...(await withReminders(tx, [row]))[0]!, deleted_at: row.deleted_at }
}

/** Series in on_schedule mode whose next date has come, locked; those another replica works on are left out. */
export const lockDueSeries = (tx: Tx, limit: number): Promise<SeriesRow[]> =>
  tx
    .select()
    .from(series)
    .where(
      and(
        eq(series.is_active, true),
        eq(series.mode, 'on_schedule'),
        lte(series.next_occurrence, tx.clock.now().toString()),
      ),
    )
    .orderBy(asc(series.next_occurrence))
    .limit(limit)
    .for('update', { skipLocked: true })

/** Announces the occurrence that is due and moves a locked series on to its next date (null: it has ended). */
export const announceOccurrence = async (tx: Tx, row: SeriesRow, next_occurrence: string | null): Promise<void> => {
  const occurrence = row.last_occurrence + 1
  const after: SeriesRow = {
    ...row,
    next_occurrence,
    last_occurrence: occurrence,
    version: row.version + 1,
    updated_at: tx.clock.now().toString(),
  }
  await tx
    .update(series)
    .set({ next_occurrence, last_occurrence: occurrence, version: after.version, updated_at: after.updated_at })
    .where(eq(series.id, row.id))
  await append(tx, [
    newEvent('task-recurrence', recurringTaskDue, {
      key: row.id,
      subject: row.id,
      user_id: row.user_id,
      payload: {
        recurring_task: toRecurringTask(after) satisfies RecurringTask,
        occurrence,
        due_date: row.next_occurrence!,
      },
    }),
  ])
}
