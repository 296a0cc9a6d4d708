import { type TaskRow, tasks } from '@taskflow/database'
import type { Changed, Task } from '@taskflow/event-contracts'
import type { NewEvent, Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { replaceReminders } from '../reminders/store-reminders.ts'
import { changesBetween, toColumns } from './record.ts'
import { appendToTasksOutbox, taskEvents } from './task-events.ts'

/** Writes a locked task's new state as its next version, with its events. No change writes and publishes nothing. */
export const changeTask = async (
  tx: Tx,
  before: Task,
  change: Partial<Task>,
  events: (after: Task, changed: Changed) => NewEvent[],
): Promise<Task> => {
  const changed = changesBetween(before, { ...before, ...change })
  if (Object.keys(changed).length === 0) return before
  const after: Task = { ...before, ...change, version: before.version + 1, updated_at: tx.clock.now().toString() }
  const { id, ...columns } = toColumns(after)
  await tx.update(tasks).set(columns).where(eq(tasks.id, id))
  if (changed.reminders) await replaceReminders(tx, id, after.reminders)
  await appendToTasksOutbox(tx, events(after, changed))
  return after
}

/** Marks a locked task as deleted: it is kept, but no longer found. `series` is what that did to its series. */
export const markDeleted = async (
  tx: Tx,
  before: Task,
  series?: TaskRow['series_when_deleted'] | undefined,
): Promise<void> => {
  const now = tx.clock.now().toString()
  const task = { ...before, version: before.version + 1, updated_at: now }
  await tx
    .update(tasks)
    .set({ deleted_at: now, updated_at: now, version: task.version, series_when_deleted: series ?? null })
    .where(eq(tasks.id, task.id))
  await appendToTasksOutbox(tx, taskEvents.deleted(task))
}
