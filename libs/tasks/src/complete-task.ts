import { tasks } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { eq } from 'drizzle-orm'
import { cancelPending } from './reminders/reminder-list.ts'
import { changeTask } from './task/change-task.ts'
import { lockTask } from './task/find-task.ts'
import { taskEvents } from './task/task-events.ts'

/** What completing an open task changes: its pending reminders are cancelled. */
export const completion = (task: Task, now: string): Partial<Task> => ({
  is_completed: true,
  completed_at: now,
  reminders: cancelPending(task.reminders),
})

/** Whether a task is as completed as in an event: it was not reopened since. One that is unknown here counts as such. */
export const isStillCompleted = async (tx: Tx, { id, completed_at }: Task): Promise<boolean> => {
  const [row] = await tx.select({ completed_at: tasks.completed_at }).from(tasks).where(eq(tasks.id, id))
  if (!row) return true
  return row.completed_at !== null && completed_at !== null && isSameInstant(row.completed_at, completed_at)
}

const isSameInstant = (a: string, b: string): boolean => Temporal.Instant.compare(a, b) === 0

/** Completes a task. Completing it again changes nothing and publishes no event. */
export const completeTask = async (tx: Tx, user_id: string, id: string, expectedVersion?: number): Promise<Task> => {
  const task = await lockTask(tx, user_id, id, expectedVersion)
  if (task.is_completed) return task
  return changeTask(tx, task, completion(task, tx.clock.now().toString()), taskEvents.completed)
}
