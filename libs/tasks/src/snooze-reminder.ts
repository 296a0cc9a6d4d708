import type { Task } from '@taskflow/event-contracts'
import { invalid, Problem, type Tx } from '@taskflow/service-kit'
import { z } from 'zod'
import { durationInput, instantInput } from './input/fields.ts'
import { findReminder, replaceReminder } from './reminders/reminder-list.ts'
import { changeTask } from './task/change-task.ts'
import { lockTask } from './task/find-task.ts'
import { taskEvents } from './task/task-events.ts'

/** When to remind again: after a while, or at an instant. */
export const snoozeInput = z
  .strictObject({ for: durationInput.optional(), until: instantInput.optional() })
  .refine((value) => (value.for === undefined) !== (value.until === undefined), {
    path: ['for'],
    message: 'give either "for", a duration like PT30M, or "until", an instant',
  })
export type Snooze = z.infer<typeof snoozeInput>

/**
 * What snoozing a reminder changes: it is pending for the new time, whatever its state was. Days are counted on the
 * calendar of the task's time zone. Problems: 404, 409 when the task is completed, 422 for a time that has passed.
 */
export const snoozing = (task: Task, reminder_id: string, snooze: Snooze, now: string): Partial<Task> => {
  const reminder = findReminder(task.reminders, reminder_id)
  if (task.is_completed) throw new Problem('conflict', 'the task is completed; reopen it first')
  const at = snoozedTo(snooze, now, task.time_zone)
  return { reminders: replaceReminder(task.reminders, { ...reminder, at, state: 'pending' }) }
}

const snoozedTo = (snooze: Snooze, now: string, time_zone: string): string => {
  if (snooze.for !== undefined) {
    const zoned = Temporal.Instant.from(now).toZonedDateTimeISO(time_zone)
    return zoned.add(snooze.for).toInstant().round('millisecond').toString()
  }
  if (Temporal.Instant.compare(snooze.until!, now) <= 0) throw invalid('until', 'must be in the future')
  return snooze.until!
}

/** Snoozes a reminder of the user's task, sent or not. */
export const snoozeReminder = async (
  tx: Tx,
  user_id: string,
  task_id: string,
  reminder_id: string,
  snooze: Snooze,
  expectedVersion?: number,
): Promise<Task> => {
  const task = await lockTask(tx, user_id, task_id, expectedVersion)
  return changeTask(tx, task, snoozing(task, reminder_id, snooze, tx.clock.now().toString()), taskEvents.updated)
}
