import { textLines } from './text-lines.ts'

/** A to-do or an event of a calendar file, with the lines that matter, unfolded, and the line it begins at. */
export interface CalendarEntry {
  line: number
  text: string
}

/** A longer line would be a description of more than 10,000 characters, or an attack. */
const maxLine = 64_000
/** More than a task with all that it may have; the lines after them are left out. */
const maxLines = 500
const maxAlarms = 100
const components = /^BEGIN:(?:VTODO|VEVENT)$/i
/** Properties that are used. Attachments, attendees and what programs add of their own are left out. */
const wanted =
  /^(?:UID|RECURRENCE-ID|SUMMARY|DESCRIPTION|DTSTART|DTEND|DUE|COMPLETED|STATUS|PRIORITY|CATEGORIES|RRULE|X-TASKFLOW-CATEGORY|TRIGGER)[;:]/i

/**
 * The first `most` to-dos and events of an iCalendar file, each as a text of its own: one that cannot be read does not
 * spoil the others, and the parser gets nothing that could keep it busy. Undefined when the file is no calendar.
 */
export const calendarEntries = (text: string, most: number): CalendarEntry[] | undefined => {
  const entries: CalendarEntry[] = []
  let isCalendar = false
  let lines: string[] | undefined
  /** What is open within an entry; only alarms are of use. */
  let inside: string[] = []
  let alarms = 0
  const isUsed = () => isAlarm(inside) && alarms <= maxAlarms
  for (const { line, content } of unfolded(text)) {
    isCalendar ||= /^BEGIN:VCALENDAR$/i.test(content)
    if (!lines) {
      if (!components.test(content)) continue
      lines = [content]
      inside = []
      alarms = 0
      entries.push({ line, text: '' })
      if (entries.length === most) break
    } else if (/^BEGIN:/i.test(content)) {
      if (inside.length < 5) inside.push(content.slice(6).toUpperCase())
      if (isAlarm(inside)) alarms++
      if (isUsed()) lines.push(content)
    } else if (/^END:/i.test(content)) {
      if (inside.length === 0 || isUsed()) lines.push(content)
      if (inside.pop() !== undefined) continue
      entries.at(-1)!.text = lines.join('\r\n')
      lines = undefined
    } else if (lines.length < maxLines && wanted.test(content) && (inside.length === 0 || isUsed())) {
      lines.push(content)
    }
  }
  return isCalendar ? entries : undefined
}

const isAlarm = (inside: string[]): boolean => inside.length === 1 && inside[0] === 'VALARM'

/**
 * Content lines: one that begins with a space or tab goes on with the line before (RFC 5545, 3.1). One that is too long
 * is empty.
 */
function* unfolded(text: string): Generator<{ line: number; content: string }> {
  let line = 0
  let begun = 1
  let parts: string[] = []
  let length = 0
  const joined = () => (length > maxLine ? '' : parts.join(''))
  for (const raw of textLines(text.replace(/^\ufeff/, ''))) {
    line++
    if (raw.startsWith(' ') || raw.startsWith('\t')) {
      length += raw.length
      if (length <= maxLine) parts.push(raw.slice(1))
      continue
    }
    if (line > 1) yield { line: begun, content: joined() }
    parts = [raw]
    length = raw.length
    begun = line
  }
  yield { line: begun, content: joined() }
}
