import type { SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { TaskPatch } from '../input/task-input.ts'
import { toReminderInput } from '../reminders/reminder-list.ts'
import { nextColumns, noNext } from './next-columns.ts'
import { contentFields, relativeReminders, scheduleFields } from './series-fields.ts'
import { scheduleFromTask, seriesFromTask } from './series-from-task.ts'

/** What becomes of a series when one of its tasks is changed. */
export type SeriesStep =
  | { kind: 'none' }
  | { kind: 'begin'; columns: ReturnType<typeof seriesFromTask> }
  | { kind: 'change'; change: Partial<SeriesRow> }

/** Whether a patch of a task changes how it recurs. */
export const changesSchedule = (before: Task, wanted: Task): boolean =>
  scheduleFields.some((field) => before[field] !== wanted[field])

/**
 * A changed task begins, changes or ends its series. The series takes over what the patch names. When it `reschedules`,
 * dates are counted again from the changed task, and occurrences from the highest number used.
 */
export const followTask = (
  series: SeriesRow | undefined,
  { before, wanted, patch }: { before: Task; wanted: Task; patch: TaskPatch },
  { reschedules, newestOccurrence }: { reschedules: boolean; newestOccurrence: number | null | undefined },
  now: string,
): SeriesStep => {
  if (wanted.recurrence_rule === null) {
    if (!series || before.recurrence_rule === null) return { kind: 'none' }
    return { kind: 'change', change: { is_active: false, ...noNext } }
  }
  if (!series || series.deleted_at !== null) {
    if (before.recurrence_rule === wanted.recurrence_rule) return { kind: 'none' }
    return { kind: 'begin', columns: seriesFromTask(wanted, wanted.reminders.map(toReminderInput), now) }
  }
  const given = contentFields.filter((field) => patch[field] !== undefined)
  const reminders = patch.reminders ? relativeReminders(patch.reminders) : series.reminders
  const is_active = series.is_active || before.recurrence_rule === null
  const schedule = reschedules
    ? {
        ...scheduleFromTask(wanted, { reminders, is_active, skipped: series.skipped }, now),
        first_occurrence: wanted.occurrence ?? 1,
        last_occurrence: Math.max(series.last_occurrence, newestOccurrence ?? 1),
      }
    : nextColumns({ ...series, reminders, is_active }, series.next_occurrence)
  const content = Object.fromEntries(given.map((field) => [field, wanted[field]]))
  return { kind: 'change', change: { ...content, reminders, is_active, ...schedule } }
}
