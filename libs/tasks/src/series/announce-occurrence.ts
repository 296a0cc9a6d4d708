import { type SeriesRow, series } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, asc, eq, lte } from 'drizzle-orm'
import { appendToTasksOutbox } from '../task/task-events.ts'
import { nextColumns } from './next-columns.ts'
import type { NextOccurrence } from './next-date.ts'
import { dateAfter, datesAfter, fromToday, ifAffordable, justBefore } from './schedule.ts'
import { recurringTaskDueEvent } from './series-events.ts'

/** When more dates were missed, they are not caught up one by one. */
const maxMissed = 50

/** Series in on_schedule mode whose next task is due, locked; those that another replica works on are left out. */
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
 * The next date after the one that is announced. After an outage one task stands for all missed dates: the next date is
 * the first in the future. With the policy `all` each missed date gets its task, unless they are more than fifty.
 */
export const dateAfterAnnounced = (row: SeriesRow, now: string): string | null => {
  const announced = row.next_occurrence!
  const passed = row.is_all_day ? justBefore(fromToday(row, now)) : now
  const hasPassed = (date: string | null | undefined) => date != null && Temporal.Instant.compare(date, passed) <= 0
  const following = dateAfter(row, announced)
  const jumps =
    row.recurrence_catch_up === 'skip'
      ? hasPassed(following)
      : hasPassed(datesAfter(row, announced, maxMissed)[maxMissed - 1]?.instant)
  return jumps ? dateAfter(row, passed) : following
}

/** A due occurrence, and the event that announced it. */
export interface DueOccurrence extends NextOccurrence {
  event_id: string
}

/**
 * Announces the due occurrence of a locked series and moves the series on to its next date. The caller makes the task.
 * A series whose next date costs too much to find has none until its rule is changed; `report` gets the error.
 */
export const announceOccurrence = async (
  tx: Tx,
  row: SeriesRow,
  report: (error: unknown) => void,
): Promise<DueOccurrence> => {
  const now = tx.clock.now().toString()
  const change = {
    ...nextColumns(
      row,
      ifAffordable(() => dateAfterAnnounced(row, now), null, report),
    ),
    last_occurrence: row.last_occurrence + 1,
    version: row.version + 1,
    updated_at: now,
  }
  await tx.update(series).set(change).where(eq(series.id, row.id))
  const due = { occurrence: change.last_occurrence, date: row.next_occurrence! }
  const announcement = recurringTaskDueEvent({ ...row, ...change }, due)
  await appendToTasksOutbox(tx, [announcement])
  return { ...due, event_id: announcement.id }
}
