import { series, tasks } from '@taskflow/database'
import type { Tx } from '@taskflow/service-kit'
import { and, asc, eq, isNotNull, isNull, ne, or } from 'drizzle-orm'
import type { Owner } from './create-task.ts'
import { nextColumns } from './series/next-columns.ts'
import { dateAfter, fromToday, ifAffordable, justBefore } from './series/schedule.ts'
import { changeSeries } from './series/store-series.ts'
import { changeTask } from './task/change-task.ts'
import { withReminders } from './task/find-task.ts'
import { patched } from './task/patch-task.ts'
import { taskEvents } from './task/task-events.ts'

/**
 * Moves open tasks that are due on a day, and all-day series, to their owner's time zone and reminder time: a day is
 * where its person is. At most `limit` of each; returns how many there were.
 */
export const moveDays = async (tx: Tx, owner: Owner & { reminder_time: string }, limit: number): Promise<number> => {
  const { user_id, time_zone, reminder_time } = owner
  const differs = (table: typeof tasks | typeof series) =>
    or(ne(table.time_zone, time_zone), ne(table.reminder_time, reminder_time))
  const found = await tx
    .select()
    .from(series)
    .where(and(eq(series.user_id, user_id), eq(series.is_all_day, true), isNull(series.deleted_at), differs(series)))
    .orderBy(asc(series.id))
    .limit(limit)
    .for('no key update')
  for (const row of found) {
    const moved = { ...row, time_zone, reminder_time }
    const from = justBefore(fromToday(moved, tx.clock.now().toString()))
    const next = row.next_occurrence === null ? null : ifAffordable(() => dateAfter(moved, from), null)
    await changeSeries(tx, row, { time_zone, reminder_time, ...nextColumns(moved, next) })
  }
  const rows = await tx
    .select()
    .from(tasks)
    .where(
      and(
        eq(tasks.user_id, user_id),
        eq(tasks.is_completed, false),
        isNull(tasks.deleted_at),
        isNotNull(tasks.due_on),
        differs(tasks),
      ),
    )
    .orderBy(asc(tasks.id))
    .limit(limit)
    .for('update')
  for (const task of await withReminders(tx, rows))
    await changeTask(tx, task, patched(task, { time_zone, reminder_time }), taskEvents.updated)
  return found.length + rows.length
}
