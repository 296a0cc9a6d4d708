import { type SeriesRow, series } from '@taskflow/database'
import { type RecurringTask, recurringTaskDue } from '@taskflow/event-contracts'
import { newEvent, type Tx } from '@taskflow/service-kit'
import { and, asc, eq, lte } from 'drizzle-orm'
import { append, toRecurringTask } from '../task-events.ts'
import { datesOfSeries, nextColumns, nextOfSeries } from './schedule.ts'

/** More missed dates than this are not caught up one by one. */
const mostMissed = 50

/** Series in on_schedule mode whose next task is to be made, locked; those another replica works on are left out. */
export const lockDueSeries = (tx: Tx, limit: number): Promise<SeriesRow[]> =>
  tx
    .select()
    .from(series)
    .where(
      and(
        eq(series.is_active, true),
        eq(series.mode, 'on_schedule'),
        lte(series.announce_at, tx.clock.now().toString()),
      ),
    )
    .orderBy(asc(series.announce_at))
    .limit(limit)
    .for('no key update', { skipLocked: true })

/**
 * Announces the occurrence that is due and moves a locked series on to its next date. After a standstill one task
 * stands for all dates that were missed, with the policy `all` one for each, unless they are more than fifty.
 */
export const announceOccurrence = async (tx: Tx, row: SeriesRow): Promise<void> => {
  const now = tx.clock.now().toString()
  const due_date = row.next_occurrence!
  const isPast = (date: string | undefined) => date !== undefined && Temporal.Instant.compare(date, now) <= 0
  const following = nextOfSeries(row, due_date)
  const jumps =
    row.recurrence_catch_up === 'skip'
      ? isPast(following ?? undefined)
      : isPast(datesOfSeries(row, due_date, mostMissed)[mostMissed - 1]?.instant)
  const change = {
    ...nextColumns(row, jumps ? nextOfSeries(row, now) : following),
    last_occurrence: row.last_occurrence + 1,
    version: row.version + 1,
    updated_at: now,
  }
  await tx.update(series).set(change).where(eq(series.id, row.id))
  await append(tx, [
    newEvent('task-recurrence', recurringTaskDue, {
      key: row.id,
      subject: row.id,
      user_id: row.user_id,
      payload: {
        recurring_task: toRecurringTask({ ...row, ...change }) satisfies RecurringTask,
        occurrence: change.last_occurrence,
        due_date,
      },
    }),
  ])
}
