import { remindedTasks, schedule } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { Tx } from '@taskflow/service-kit'
import { and, eq, isNull, lt, notInArray, sql } from 'drizzle-orm'

/**
 * Applies a task's state to the schedule, if it is newer than the one known: a repeated or late event changes
 * nothing. A reminder that has fired fires again only when its time was moved.
 */
export const applyTask = async (tx: Tx, task: Task): Promise<void> => {
  const { id, user_id, version, title, description, priority, due_date, time_zone } = task
  const content = { user_id, version, title, description, priority, due_date, time_zone, is_over: task.is_completed }
  const applied = await tx
    .insert(remindedTasks)
    .values({ id, ...content })
    .onConflictDoUpdate({ target: remindedTasks.id, set: content, setWhere: lt(remindedTasks.version, version) })
    .returning({ id: remindedTasks.id })
  if (applied.length === 0) return

  const waiting = task.is_completed ? [] : task.reminders.filter((each) => each.state === 'pending' && each.at !== null)
  await tx.delete(schedule).where(
    and(
      eq(schedule.task_id, id),
      isNull(schedule.fired_at),
      waiting.length > 0
        ? notInArray(
            schedule.reminder_id,
            waiting.map((each) => each.id),
          )
        : undefined,
    ),
  )
  if (waiting.length === 0) return
  await tx
    .insert(schedule)
    .values(waiting.map(({ id: reminder_id, type, at }) => ({ reminder_id, task_id: id, user_id, type, at: at! })))
    .onConflictDoUpdate({
      target: schedule.reminder_id,
      set: {
        type: sql`excluded.type`,
        at: sql`excluded.at`,
        fired_at: sql`CASE WHEN ${schedule.at} = excluded.at THEN ${schedule.fired_at} END`,
      },
    })
}

/** Leaves of a deleted task only its id and version, so that an older event cannot bring it back. */
export const buryTask = async (tx: Tx, task: Task): Promise<void> => {
  const tombstone = {
    user_id: task.user_id,
    version: task.version,
    title: null,
    description: null,
    priority: null,
    due_date: null,
    time_zone: null,
    is_over: true,
  }
  const applied = await tx
    .insert(remindedTasks)
    .values({ id: task.id, ...tombstone })
    .onConflictDoUpdate({
      target: remindedTasks.id,
      set: tombstone,
      setWhere: lt(remindedTasks.version, task.version),
    })
    .returning({ id: remindedTasks.id })
  if (applied.length > 0) await tx.delete(schedule).where(eq(schedule.task_id, task.id))
}

/** Forgets everything of a user whose account is gone. */
export const forgetTasksOf = async (tx: Tx, user_id: string): Promise<void> => {
  await tx.delete(remindedTasks).where(eq(remindedTasks.user_id, user_id))
}
