import type { Task } from '../api/openapi.d.ts'
import { writeDay, writeMoment } from '../time/format.ts'
import { addDays, instantOf, localAt, todayIn } from '../time/zone.ts'

type Due = Pick<Task, 'due_date' | 'due_on' | 'time_zone'>

/** When a task is due: at an instant or on a day. Both are sent, so that one takes the other's place at once. */
export type DueFields = Pick<Task, 'due_date' | 'due_on'>

/** The millisecond after which a task is overdue: its instant, or the end of its day; undefined when it is not due. */
export const dueBy = ({ due_date, due_on, time_zone }: Due): number | undefined => {
  if (due_on !== null) return instantOf(addDays(due_on, 1), time_zone) - 1
  return due_date === null ? undefined : Date.parse(due_date)
}

/** The date that a task is due on; undefined when it is not due. */
export const dueDay = ({ due_date, due_on }: DueFields, zone: string): string | undefined =>
  due_on ?? (due_date === null ? undefined : localAt(due_date, zone).slice(0, 10))

/** `Today 09:00`, or `Today` for a day; undefined when it is not due. */
export const writeDue = (task: DueFields, zone: string, locale: string, now = Date.now()): string | undefined => {
  if (task.due_on !== null) return writeDay(task.due_on, todayIn(zone, now), locale)
  return task.due_date === null ? undefined : writeMoment(task.due_date, zone, locale, now)
}
