import type { Task } from '@taskflow/event-contracts'
import type { TaskPatch } from '../input/task-input.ts'
import { mergeReminders, moveReminders } from '../reminders/reminder-list.ts'

/** A task with a patch applied. Relative reminders move with its due date. */
export const patched = (before: Task, { reminders: inputs, ...fields }: TaskPatch): Task => {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const wanted: Task = { ...before, ...given }
  const present = inputs
    ? mergeReminders(before.reminders, inputs, wanted.due_date, wanted.time_zone)
    : before.reminders
  return { ...wanted, reminders: moveReminders(present, before, wanted) }
}
