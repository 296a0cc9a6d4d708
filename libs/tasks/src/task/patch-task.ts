import type { Task } from '@taskflow/event-contracts'
import type { TaskPatch } from '../input/task-input.ts'
import { mergeReminders, moveReminders } from '../reminders/reminder-list.ts'

/** An instant takes the place of a day, and a day that of an instant; no instant is no day either. */
const dueOf = (before: Task, { due_date, due_on }: TaskPatch): Pick<Task, 'due_date' | 'due_on'> => {
  if (due_on != null) return { due_on, due_date: null }
  if (due_date !== undefined) return { due_date, due_on: null }
  return { due_date: before.due_date, due_on: due_on === null ? null : before.due_on }
}

/** A task with a patch applied. Relative reminders move with its due date. */
export const patched = (before: Task, { reminders: inputs, ...fields }: TaskPatch): Task => {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const wanted: Task = { ...before, ...given, ...dueOf(before, fields) }
  const present = inputs ? mergeReminders(before.reminders, inputs, wanted) : before.reminders
  return { ...wanted, reminders: moveReminders(present, before, wanted) }
}
