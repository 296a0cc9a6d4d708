import ICAL from 'ical.js'
import type { ReminderContent } from './delivery.ts'

// ical.js folds at 75 octets (RFC 5545, 3.1), but does not count the space that a continuation line begins with.
ICAL.foldLength = 74

/** The due date or day of a task as an iCalendar file (RFC 5545), to be put into a calendar; undefined when there is none. */
export const taskCalendar = (
  { task }: ReminderContent,
  { host, now }: { host: string; now: Temporal.Instant },
): string | undefined => {
  const start = task.due_on
    ? ICAL.Time.fromDateString(task.due_on)
    : task.due_date && utc(Temporal.Instant.from(task.due_date))
  if (!start) return undefined
  const event = new ICAL.Component('vevent')
  event.addPropertyWithValue('uid', `${task.id}@${host}`)
  event.addPropertyWithValue('dtstamp', utc(now))
  event.addPropertyWithValue('dtstart', start)
  event.addPropertyWithValue('summary', plain(task.title))
  if (task.description) event.addPropertyWithValue('description', plain(task.description))

  const calendar = new ICAL.Component('vcalendar')
  calendar.addPropertyWithValue('version', '2.0')
  calendar.addPropertyWithValue('prodid', '-//TaskFlow//TaskFlow//EN')
  calendar.addPropertyWithValue('method', 'PUBLISH')
  calendar.addSubcomponent(event)
  return `${calendar.toString()}\r\n`
}

const utc = (instant: Temporal.Instant): ICAL.Time =>
  ICAL.Time.fromDateTimeString(instant.toString({ smallestUnit: 'second' }))

/** iCalendar allows no control characters but line breaks and tabs. */
const plain = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  text.replaceAll(/\r\n?/g, '\n').replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
