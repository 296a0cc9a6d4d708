import type { ReminderRow, TaskRow } from '@taskflow/database'
import type { Changed, Reminder, Task } from '@taskflow/event-contracts'
import { dayEnd } from './due.ts'

/** The task as it leaves TaskFlow: the row without what only the table needs, with its reminders in order. */
export const toTask = (
  { deleted_at: _, day_ends_at: _e, series_when_deleted: _s, ...row }: TaskRow,
  reminders: ReminderRow[],
): Task => ({
  ...row,
  reminders: reminders.toSorted((a, b) => a.position - b.position).map(toReminder),
})

const toReminder = ({ id, type, offset, at, state }: ReminderRow): Reminder => ({ id, type, offset, at, state })

/** The reverse: the columns of a task. */
export const toColumns = ({ reminders: _, ...task }: Task) => ({ ...task, day_ends_at: dayEnd(task) })

/** The fields that differ between two states of a task, except `version` and `updated_at`, which always do. */
export const changesBetween = (before: Task, after: Task): Changed => {
  const changed: Changed = {}
  for (const field of Object.keys(after) as (keyof Task)[]) {
    if (field === 'version' || field === 'updated_at') continue
    if (JSON.stringify(before[field]) !== JSON.stringify(after[field])) changed[field] = [before[field], after[field]]
  }
  return changed
}
