import { tasks } from '@taskflow/database'
import type { Changed, Task } from '@taskflow/event-contracts'
import type { NewEvent, Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { changesBetween } from './record.ts'
import { replaceReminders } from './store-reminders.ts'
import { append } from './task-events.ts'

/**
 * Writes a locked task's new state as its next version, with the events that tell of it. A state that is no change
 * writes and tells nothing.
 */
export const changeTask = async (
  tx: Tx,
  before: Task,
  change: Partial<Task>,
  events: (after: Task, changed: Changed) => NewEvent[],
): Promise<Task> => {
  const changed = changesBetween(before, { ...before, ...change })
  if (Object.keys(changed).length === 0) return before
  const after: Task = { ...before, ...change, version: before.version + 1, updated_at: tx.clock.now().toString() }
  const { reminders, id, ...columns } = after
  await tx.update(tasks).set(columns).where(eq(tasks.id, id))
  if (changed.reminders) await replaceReminders(tx, id, reminders)
  await append(tx, events(after, changed))
  return after
}
