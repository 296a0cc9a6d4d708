/** A to-do or an event of a calendar file, with the lines that matter, unfolded, and the line it begins at. */
export interface CalendarEntry {
  line: number
  text: string
}

/** A longer line would be a description of more than 10,000 characters, or an attack. */
const maxLine = 64_000
const components = /^BEGIN:(?:VTODO|VEVENT)$/i
/** Properties that are used. Attachments, attendees and what programs add of their own are left out. */
const wanted =
  /^(?:UID|RECURRENCE-ID|SUMMARY|DESCRIPTION|DTSTART|DTEND|DUE|COMPLETED|STATUS|PRIORITY|CATEGORIES|RRULE|X-TASKFLOW-CATEGORY|TRIGGER)[;:]/i

/**
 * The to-dos and events of an iCalendar file, each as a text of its own: one that cannot be read does not spoil the
 * others, and the parser gets nothing that could keep it busy. Undefined when the file is no calendar.
 */
export const calendarEntries = (text: string): CalendarEntry[] | undefined => {
  const entries: CalendarEntry[] = []
  let isCalendar = false
  let lines: string[] | undefined
  /** What is open within an entry; only alarms are of use. */
  let inside: string[] = []
  for (const { line, content } of unfolded(text)) {
    isCalendar ||= /^BEGIN:VCALENDAR$/i.test(content)
    if (!lines) {
      if (!components.test(content)) continue
      lines = [content]
      inside = []
      entries.push({ line, text: '' })
    } else if (/^BEGIN:/i.test(content)) {
      if (inside.length < 5) inside.push(content.slice(6).toUpperCase())
      if (isAlarm(inside)) lines.push(content)
    } else if (/^END:/i.test(content)) {
      if (inside.length === 0 || isAlarm(inside)) lines.push(content)
      if (inside.pop() !== undefined) continue
      entries.at(-1)!.text = lines.join('\r\n')
      lines = undefined
    } else if (wanted.test(content) && content.length <= maxLine && (inside.length === 0 || isAlarm(inside))) {
      lines.push(content)
    }
  }
  return isCalendar ? entries : undefined
}

const isAlarm = (inside: string[]): boolean => inside.length === 1 && inside[0] === 'VALARM'

/** Content lines: one that begins with a space or tab goes on with the line before (RFC 5545, 3.1). */
function* unfolded(text: string): Generator<{ line: number; content: string }> {
  let line = 0
  let begun = 1
  let parts: string[] = []
  for (const raw of text.replace(/^\ufeff/, '').split('\n')) {
    line++
    const content = raw.endsWith('\r') ? raw.slice(0, -1) : raw
    if (/^[ \t]/.test(content)) {
      parts.push(content.slice(1))
      continue
    }
    if (parts.length > 0) yield { line: begun, content: parts.join('') }
    parts = [content]
    begun = line
  }
  yield { line: begun, content: parts.join('') }
}
