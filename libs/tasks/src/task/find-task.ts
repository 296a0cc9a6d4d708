import { type ReminderRow, reminders, type TaskRow, tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { type Database, Problem, type Tx } from '@taskflow/service-kit'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { toTask } from './record.ts'
import { requireVersion } from './require-version.ts'

const ownTask = (user_id: string, id: string) =>
  and(eq(tasks.id, id), eq(tasks.user_id, user_id), isNull(tasks.deleted_at))

export const unknownTask = () => new Problem('not-found', 'there is no such task')

/** A task of the user. Problem 404 when it does not exist, is deleted or belongs to someone else: all look the same. */
export const findTask = async (db: Database | Tx, user_id: string, id: string): Promise<Task> => {
  const [row] = await db.select().from(tasks).where(ownTask(user_id, id))
  if (!row) throw unknownTask()
  return (await withReminders(db, [row]))[0]!
}

/**
 * The same, locked until the end of the transaction: nobody else changes it, and its events are put in order. Problem
 * 412 when it is not at the expected version.
 */
export const lockTask = async (tx: Tx, user_id: string, id: string, expectedVersion?: number): Promise<Task> => {
  const [row] = await tx.select().from(tasks).where(ownTask(user_id, id)).for('update')
  if (!row) throw unknownTask()
  const task = (await withReminders(tx, [row]))[0]!
  requireVersion(task, expectedVersion)
  return task
}

/** Adds their reminders to rows of tasks, in one query. */
export const withReminders = async (db: Database | Tx, rows: TaskRow[]): Promise<Task[]> => {
  const ids = rows.map(({ id }) => id)
  return ids.length === 0 ? [] : joinReminders(rows, await remindersOf(db, ids))
}

/** The reminders of tasks, whosever they are. */
export const remindersOf = (db: Database | Tx, task_ids: string[]): Promise<ReminderRow[]> =>
  db.select().from(reminders).where(inArray(reminders.task_id, task_ids))

/** Rows of tasks, each with its own among the reminders. */
export const joinReminders = (rows: TaskRow[], found: ReminderRow[]): Task[] => {
  const byTask = Map.groupBy(found, (reminder) => reminder.task_id)
  return rows.map((row) => toTask(row, byTask.get(row.id) ?? []))
}
