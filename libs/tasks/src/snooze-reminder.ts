import type { Task } from '@taskflow/event-contracts'
import { invalid, Problem, type Tx } from '@taskflow/service-kit'
import { z } from 'zod'
import { changeTask } from './change-task.ts'
import { lockTask } from './find-task.ts'
import { instantInput } from './input.ts'
import { reminderOffset } from './reminder-time.ts'
import { requireVersion } from './require-version.ts'
import { taskEvents } from './task-events.ts'

/** A span of time as people may send it: a positive ISO 8601 duration of at most 366 days. */
export const durationInput = z
  .string()
  .max(40)
  .refine(
    (value) => reminderOffset(value) !== undefined,
    'must be a positive ISO 8601 duration of at most 366 days, like PT30M',
  )

/** When to remind again: after a while, or at an instant. */
export const snoozeInput = z
  .strictObject({ for: durationInput.optional(), until: instantInput.optional() })
  .refine((value) => (value.for === undefined) !== (value.until === undefined), {
    path: ['for'],
    message: 'give either "for", a duration like PT30M, or "until", an instant',
  })
export type Snooze = z.infer<typeof snoozeInput>

/**
 * Puts a reminder off: it is pending again, for the new time, whatever has become of it so far. Days are counted on the
 * calendar of the task's time zone. Problems: 404, 409 when the task is completed, 422 for a time that has passed.
 */
export const snoozeReminder = async (
  tx: Tx,
  user_id: string,
  task_id: string,
  reminder_id: string,
  snooze: Snooze,
  expectedVersion?: number,
): Promise<Task> => {
  const task = await lockTask(tx, user_id, task_id)
  requireVersion(task, expectedVersion)
  if (!task.reminders.some((each) => each.id === reminder_id)) throw unknownReminder()
  if (task.is_completed) throw new Problem('conflict', 'the task is completed; reopen it first')
  const at = snoozedTo(snooze, tx.clock.now(), task.time_zone)
  return changeTask(
    tx,
    task,
    { reminders: task.reminders.map((each) => (each.id === reminder_id ? { ...each, at, state: 'pending' } : each)) },
    taskEvents.updated,
  )
}

export const unknownReminder = () => new Problem('not-found', 'there is no such reminder')

const snoozedTo = (snooze: Snooze, now: Temporal.Instant, time_zone: string): string => {
  if (snooze.for !== undefined)
    return now.toZonedDateTimeISO(time_zone).add(snooze.for).toInstant().round('millisecond').toString()
  const until = Temporal.Instant.from(snooze.until!)
  if (Temporal.Instant.compare(until, now) <= 0) throw invalid('until', 'must be in the future')
  return until.toString()
}
