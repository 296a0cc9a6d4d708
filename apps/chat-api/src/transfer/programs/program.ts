import { remindersOf } from '../calendar-alarms.ts'
import type { ImportContext, ImportItem } from '../import-item.ts'
import { type AddedLine, withLines } from '../import-text.ts'
import type { TableRow } from '../table-row.ts'
import type { DateOrder, WrittenDate } from '../written-date.ts'

/** What a table of another program is read with. */
export interface TableContext extends ImportContext {
  order: DateOrder
}

/** Another program whose tables are known by their columns. */
export interface Program {
  /** In small letters; a table that has all of them is one of it. */
  columns: string[]
  /** Reads its rows, some of which may belong to others. */
  read: (rows: TableRow[], context: TableContext) => ImportItem[]
}

/** A task as another program has it. */
export interface ForeignTask {
  uid?: string | undefined
  title: string
  description?: string
  /** What tasks have no field for. */
  lines?: AddedLine[]
  priority?: 'low' | 'medium' | 'high' | undefined
  tags?: string[]
  category?: string | undefined
  due?: WrittenDate | undefined
  time_zone?: string | undefined
  /** What it repeats by. */
  rule?: Record<string, unknown> | undefined
  reminders?: Record<string, string>[]
  /** When it was done; undefined while it is open. */
  completed_at?: string | undefined
  problem?: string | undefined
}

/** Alarms of a day are counted from its midnight, the reminders that they become from this time of it. */
const reminderTime = '09:00'

/** Makes an item of a task, of which everything that is used was taken from its row. */
export const itemOfTask = (row: TableRow, task: ForeignTask): ImportItem => {
  const { title, tags = [], due, rule, completed_at = null, priority, category, time_zone, reminders = [] } = task
  const day = due && 'day' in due ? due.day : undefined
  if (rule && (completed_at !== null || !due))
    row.notes.leftOut(
      'recurrence',
      completed_at !== null ? 'rule-of-completed' : 'rule-without-date',
      completed_at !== null ? 'it is completed, so it does not come back' : 'it has no date to count from',
    )
  const description = withLines(task.description ?? '', task.lines ?? [], row.notes)
  return {
    kind: 'task',
    uid: task.uid,
    fields: {
      title,
      ...(description ? { description } : {}),
      ...(priority ? { priority } : {}),
      ...(category ? { category } : {}),
      ...(tags.length > 0 ? { tags } : {}),
      ...(due && day === undefined && 'instant' in due ? { due_date: due.instant } : {}),
      ...(day === undefined ? {} : { due_on: day, ...(reminders.length > 0 ? { reminder_time: reminderTime } : {}) }),
      ...(time_zone === undefined ? {} : { time_zone }),
      ...(rule && due && completed_at === null ? rule : {}),
      ...(reminders.length > 0 ? { reminders } : {}),
    },
    completed_at,
    ...(task.problem ? { problem: task.problem } : title ? {} : { problem: 'title: must not be empty' }),
    ...row.report(),
  }
}

/** Reminders of triggers as iCalendar writes them, of a task that is due. */
export const remindersOfTriggers = (
  triggers: string[],
  { due, zone, rule }: { due: WrittenDate | undefined; zone: string; rule: unknown },
  row: TableRow,
): Record<string, string>[] => {
  if (triggers.length === 0) return []
  const start =
    due && 'day' in due
      ? Temporal.PlainDate.from(due.day).toZonedDateTime(zone)
      : due && Temporal.Instant.from(due.instant).toZonedDateTimeISO(zone)
  const counted = due && 'day' in due ? start!.withPlainTime(reminderTime) : start
  return remindersOf(
    triggers.map((trigger) => [trigger]),
    { start, end: undefined, due: counted, zone, repeats: rule !== undefined },
    row.notes,
  )
}
