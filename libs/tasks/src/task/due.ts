import type { Task } from '@taskflow/event-contracts'

/** When a task is due: at an instant, on a day, or at no time. */
export type Due = Pick<Task, 'due_date' | 'due_on' | 'reminder_time' | 'time_zone'>

/** The instant that relative reminders are counted from; null for a task that is not due. */
export const remindFrom = ({ due_date, due_on, reminder_time, time_zone }: Due): string | null =>
  due_on === null ? due_date : instantAt(due_on, time_zone, reminder_time)

/** The last millisecond of the day that a task is due on; null for one that is due at an instant or not at all. */
export const dayEnd = ({ due_on, time_zone }: Pick<Due, 'due_on' | 'time_zone'>): string | null =>
  due_on === null
    ? null
    : Temporal.PlainDate.from(due_on)
        .add({ days: 1 })
        .toZonedDateTime(time_zone)
        .toInstant()
        .subtract({ milliseconds: 1 })
        .toString()

/** The instant by which a task is to be done, and after which it is overdue; null when it is not due. */
export const dueBy = (due: Pick<Due, 'due_date' | 'due_on' | 'time_zone'>): string | null => due.due_date ?? dayEnd(due)

/** The instant that a task's date is counted as among the dates of a series: of a day, its beginning. */
export const dueFrom = ({ due_date, due_on, time_zone }: Pick<Due, 'due_date' | 'due_on' | 'time_zone'>) =>
  due_on === null ? due_date : instantAt(due_on, time_zone, undefined)

/** The day of an instant on the clock of a time zone. */
export const dayOf = (instant: string, time_zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(time_zone).toPlainDate().toString()

/** An instant of a day: at a local time, or at its beginning. */
const instantAt = (day: string, timeZone: string, time: string | undefined): string =>
  Temporal.PlainDate.from(day)
    .toZonedDateTime(time === undefined ? { timeZone } : { timeZone, plainTime: time })
    .toInstant()
    .toString()
