import { textLines } from './text-lines.ts'

/** What is said of a calendar as a whole. */
interface CalendarHead {
  method: string
  /** X-WR-TIMEZONE, as written. */
  zone: string | undefined
}

/** A to-do or an event of a calendar file, with the lines that matter, unfolded, and the line it begins at. */
export interface CalendarEntry {
  calendar: CalendarHead
  line: number
  /** `VTODO`, `VEVENT`; `VJOURNAL` and the like cannot become tasks. */
  kind: string
  lines: string[]
  /** The lines of each alarm. */
  alarms: string[][]
  /** Names of what is in it and not used. */
  unused: Set<string>
  /** Whether its end was found. */
  isWhole: boolean
}

export interface CalendarFile {
  entries: CalendarEntry[]
  /** The text of the time zones that come along, by their names. */
  zones: Map<string, string>
}

/** A longer line would be a description of more than 10,000 characters, or an attack: it is cut, and then refused. */
const maxLine = 64_000
/** More than a task with all that it may have. */
const maxLines = 500
const maxAlarms = 100
const maxUnused = 100
const maxZones = 100
const maxZoneLines = 1_000

const components = /^BEGIN:(V(?:TODO|EVENT|JOURNAL|FREEBUSY))\s*$/i
const wanted =
  /^(?:UID|RECURRENCE-ID|SUMMARY|DESCRIPTION|DTSTART|DTEND|DURATION|DUE|COMPLETED|PERCENT-COMPLETE|STATUS|PRIORITY|CATEGORIES|RRULE|RDATE|EXDATE|EXRULE|SEQUENCE|DTSTAMP|LAST-MODIFIED|LOCATION|URL|RELATED-TO|X-ALT-DESC|X-TASKFLOW-[A-Z-]+)[;:]/i
const wantedOfAlarm = /^(?:TRIGGER|ACTION|REPEAT|DURATION|X-TASKFLOW-REMINDER)[;:]/i
/** Says nothing to people. */
const technical = /^(?:CREATED|SEQUENCE|CLASS|TRANSP|X-MICROSOFT-CDO-.*|X-MOZ-.*|X-APPLE-.*)$/i

/**
 * The first `most` to-dos and events of an iCalendar file, each by itself: one that cannot be read does not spoil the
 * others. Undefined when the file is no calendar.
 */
export const readCalendarFile = (text: string, most: number): CalendarFile | undefined => {
  const file: CalendarFile = { entries: [], zones: new Map() }
  let isCalendar = false
  let calendar: CalendarHead = { method: '', zone: undefined }
  let entry: CalendarEntry | undefined
  let zone: string[] | undefined
  /** What is open within an entry; only alarms are of use. */
  let inside: string[] = []
  for (const { line, content } of unfolded(text)) {
    if (/^BEGIN:VCALENDAR\s*$/i.test(content)) {
      isCalendar = true
      calendar = { method: '', zone: undefined }
      entry = undefined
      continue
    }
    const begun = components.exec(content)?.[1]?.toUpperCase()
    // One that begins within another: the other has no end. An empty one is only repeated.
    if (begun && (!entry || (inside.length === 0 && entry.lines.length > 0))) {
      if (file.entries.length === most) break
      entry = { calendar, line, kind: begun, lines: [], alarms: [], unused: new Set(), isWhole: false }
      file.entries.push(entry)
      inside = []
    } else if (zone) {
      if (zone.length < maxZoneLines) zone.push(content)
      if (!/^END:VTIMEZONE\s*$/i.test(content)) continue
      keepZone(file.zones, zone)
      zone = undefined
    } else if (entry) {
      if (addLine(entry, inside, content)) entry = undefined
    } else if (/^BEGIN:VTIMEZONE\s*$/i.test(content)) zone = [content]
    else if (/^METHOD:/i.test(content)) calendar.method = content.slice(7).trim().toUpperCase()
    else if (/^X-WR-TIMEZONE[;:]/i.test(content)) calendar.zone = content.replace(/^[^:]*:/, '').trim()
  }
  return isCalendar ? file : undefined
}

/** Whether that was its end. */
const addLine = (entry: CalendarEntry, inside: string[], content: string): boolean => {
  if (/^BEGIN:/i.test(content)) {
    const name = content.slice(6).trim().toUpperCase()
    if (inside.length < 5) inside.push(name)
    if (!isAlarm(inside)) addUnused(entry, name)
    else if (entry.alarms.length < maxAlarms) entry.alarms.push([])
    else addUnused(entry, 'VALARM')
    return false
  }
  if (/^END:/i.test(content)) {
    if (/^END:VCALENDAR\s*$/i.test(content)) return true
    if (inside.pop() !== undefined) return false
    entry.isWhole = true
    return true
  }
  if (isAlarm(inside)) {
    const alarm = entry.alarms.at(-1)!
    if (wantedOfAlarm.test(content) && alarm.length < 20) alarm.push(content)
  } else if (inside.length === 0 && content !== '') {
    if (wanted.test(content) && entry.lines.length < maxLines) entry.lines.push(content)
    else addUnused(entry, /^[^;:]{0,60}/.exec(content)![0])
  }
  return false
}

const addUnused = ({ unused }: CalendarEntry, name: string): void => {
  const known = name.trim().toUpperCase()
  if (!known || technical.test(known)) return
  if (unused.size < maxUnused) unused.add(known)
  else unused.add('and more')
}

const keepZone = (zones: Map<string, string>, lines: string[]): void => {
  const name = lines
    .find((line) => /^TZID[;:]/i.test(line))
    ?.replace(/^[^:]*:/, '')
    .trim()
  if (name && zones.size < maxZones && !zones.has(name)) zones.set(name, lines.join('\r\n'))
}

const isAlarm = (inside: string[]): boolean => inside.length === 1 && inside[0] === 'VALARM'

/**
 * Content lines: one that begins with a space or tab goes on with the line before (RFC 5545, 3.1), as does one after a
 * line of quoted-printable text that ends with `=`. One that is too long is cut.
 */
function* unfolded(text: string): Generator<{ line: number; content: string }> {
  let line = 0
  let begun = 1
  let parts: string[] = []
  let length = 0
  let isSoftBreak = false
  for (const raw of textLines(text.replace(/^\ufeff/, ''))) {
    line++
    const isFolded = raw.startsWith(' ') || raw.startsWith('\t')
    if (line > 1 && (isFolded || isSoftBreak)) {
      const part = isFolded && !isSoftBreak ? raw.slice(1) : raw.trimStart()
      if (length <= maxLine) parts.push(part.slice(0, maxLine))
      length += part.length
    } else {
      if (line > 1) yield { line: begun, content: parts.join('') }
      parts = [raw.length > maxLine ? raw.slice(0, maxLine) : raw]
      length = raw.length
      begun = line
    }
    isSoftBreak =
      raw.endsWith('=') && length < maxLine && /^[^:]{0,200};(?:ENCODING=)?QUOTED-PRINTABLE/i.test(parts[0]!)
    if (isSoftBreak) parts[parts.length - 1] = parts.at(-1)!.slice(0, -1)
  }
  yield { line: begun, content: parts.join('') }
}
