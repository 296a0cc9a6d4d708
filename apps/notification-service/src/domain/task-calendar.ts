import ical, { ICalCalendarMethod } from 'ical-generator'
import type { ReminderContent } from './delivery.ts'

/** The due date of a task as an iCalendar file (RFC 5545), to be put into a calendar; undefined when there is none. */
export const taskCalendar = (
  { task }: ReminderContent,
  { host, now }: { host: string; now: Temporal.Instant },
): string | undefined => {
  if (task.due_date === null) return undefined
  const calendar = ical({ prodId: { company: 'TaskFlow', product: 'TaskFlow' }, method: ICalCalendarMethod.PUBLISH })
  calendar.createEvent({
    id: `${task.id}@${host}`,
    stamp: new Date(now.epochMilliseconds),
    start: new Date(task.due_date),
    summary: task.title,
    ...(task.description ? { description: task.description } : {}),
  })
  return calendar.toString()
}
