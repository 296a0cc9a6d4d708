import { remindedTasks, schedule } from '@taskflow/database'
import { reminderDue, reminderLateAfter } from '@taskflow/event-contracts'
import { appendEvents, newEvent, type Tracing, type Tx } from '@taskflow/service-kit'
import { and, asc, gte, inArray, isNull, lte } from 'drizzle-orm'

/**
 * Fires the earliest due reminders, at most `limit`, from the time `from` on: in one transaction, appends reminder.due
 * and marks them as fired, each in the trace in which its time was set. Skips those that another replica is firing.
 * Returns their times.
 */
export const fireDue = async (
  tx: Tx,
  tracing: Tracing,
  { limit, from }: { limit: number; from?: string | undefined },
): Promise<string[]> => {
  const now = tx.clock.now()
  const due = await tx
    .select()
    .from(schedule)
    .where(and(isNull(schedule.fired_at), lte(schedule.at, now.toString()), from ? gte(schedule.at, from) : undefined))
    .orderBy(asc(schedule.at))
    .limit(limit)
    .for('update', { skipLocked: true })
  if (due.length === 0) return []
  const tasksById = await tasksOf(
    tx,
    due.map((row) => row.task_id),
  )
  await tx
    .update(schedule)
    .set({ fired_at: now.toString() })
    .where(
      inArray(
        schedule.reminder_id,
        due.map((row) => row.reminder_id),
      ),
    )
  const isLate = (at: string) => Temporal.Instant.compare(Temporal.Instant.from(at).add(reminderLateAfter), now) < 0
  await appendEvents(
    tx,
    'reminders',
    due.map(({ reminder_id, task_id, type, at, user_id, traceparent }) => {
      const task = tasksById.get(task_id)!
      const span = tracing.start('fire reminder', { kind: 'internal', causes: [traceparent ?? undefined] })
      tx.afterCommit.push(span.end)
      return newEvent('task-reminders', reminderDue, {
        key: task.id,
        subject: task.id,
        user_id,
        traceparent: span.traceparent,
        payload: {
          reminder: { id: reminder_id, type, at },
          task: {
            id: task.id,
            title: task.title ?? '',
            description: task.description ?? '',
            priority: task.priority ?? 'medium',
            due_date: task.due_date,
            due_on: task.due_on,
            time_zone: task.time_zone ?? 'UTC',
          },
          late: isLate(at),
        },
      })
    }),
  )
  return due.map(({ at }) => at)
}

const tasksOf = async (tx: Tx, ids: string[]) => {
  const rows = await tx.select().from(remindedTasks).where(inArray(remindedTasks.id, ids))
  return new Map(rows.map((row) => [row.id, row]))
}
