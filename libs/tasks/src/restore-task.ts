import { type TaskRow, tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { and, eq, gt, isNull, or } from 'drizzle-orm'
import { unknownTask, withReminders } from './find-task.ts'
import { changesBetween } from './record.ts'
import { requireVersion } from './require-version.ts'
import { lockSeriesOfTask } from './series/store-series.ts'
import { replaceReminders } from './store-reminders.ts'
import { append, taskEvents } from './task-events.ts'
import { restorableFor } from './task-filter.ts'

/**
 * Takes a deletion back: told as task.updated, in a version above the tombstone's. Reminders whose time has passed
 * meanwhile are cancelled, and a task whose series is deleted no longer recurs. Restoring it again changes nothing.
 * Problem 404 after 30 days.
 */
export const restoreTask = async (tx: Tx, user_id: string, id: string, expectedVersion?: number): Promise<Task> => {
  const series = await lockSeriesOfTask(tx, user_id, id)
  const { deleted_at, ...before } = await lockRestorable(tx, user_id, id)
  requireVersion(before, expectedVersion)
  if (deleted_at === null) return before
  const now = tx.clock.now()
  const hasPassed = (at: string | null) => at !== null && Temporal.Instant.compare(at, now) <= 0
  const task: Task = {
    ...before,
    recurrence_rule: series && series.deleted_at === null ? before.recurrence_rule : null,
    reminders: before.reminders.map((each) =>
      each.state === 'pending' && hasPassed(each.at) ? { ...each, state: 'cancelled' } : each,
    ),
    version: before.version + 1,
    updated_at: now.toString(),
  }
  const { recurrence_rule, version, updated_at } = task
  await tx.update(tasks).set({ deleted_at: null, recurrence_rule, version, updated_at }).where(eq(tasks.id, id))
  await replaceReminders(tx, id, task.reminders)
  await append(tx, taskEvents.updated(task, { ...changesBetween(before, task), deleted_at: [deleted_at, null] }))
  return task
}

/** A task of the user, deleted or not, locked. */
const lockRestorable = async (tx: Tx, user_id: string, id: string): Promise<Task & Pick<TaskRow, 'deleted_at'>> => {
  const since = tx.clock.now().subtract(restorableFor).toString()
  const [row] = await tx
    .select()
    .from(tasks)
    .where(and(eq(tasks.id, id), eq(tasks.user_id, user_id), or(isNull(tasks.deleted_at), gt(tasks.deleted_at, since))))
    .for('update')
  if (!row) throw unknownTask()
  const [task] = await withReminders(tx, [row])
  return { ...task!, deleted_at: row.deleted_at }
}
