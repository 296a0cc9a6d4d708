import { RuleTooExpensive } from '@taskflow/recurrence'
import { createTimeReader, firstOf, type ReadEntry, readEntry, textIn } from './calendar-entry.ts'
import { readCalendarFile } from './calendar-lines.ts'
import { splitRanges } from './calendar-ranges.ts'
import { type CalendarContext, taskOfEntry } from './calendar-task.ts'
import { createZoneFinder } from './calendar-time-zones.ts'
import { sortVersions } from './calendar-versions.ts'
import { type ImportContext, type ImportItem, maxItems, tooMany, withoutOverfull } from './import-item.ts'
import { noteUnused } from './import-note.ts'
import { ImportProblem } from './import-problem.ts'

/** Reads the to-dos and events of an iCalendar file. An event that is over comes as a completed task. */
export const readCalendarImport = (text: string, context: ImportContext): ImportItem[] => {
  const file = readCalendarFile(text, maxItems + 1)
  if (!file) throw new ImportProblem('line 1', 'this is no calendar: it has no BEGIN:VCALENDAR')
  if (file.entries.length > maxItems) throw tooMany(`line ${file.entries[maxItems]!.line}`)
  const { entries, ...versions } = sortVersions(file.entries.map(readEntry))
  const times = createTimeReader(createZoneFinder(file.zones, context.now), context.time_zone)
  const calendar: CalendarContext = { ...context, ...versions, times }
  splitRanges(versions, times)
  const order = newestFirst(entries, versions.old)
  return order.map((entry) => withoutOverfull(itemOf(entry, calendar)))
}

/** An old version "exists" once the newer one is there. */
const newestFirst = (entries: ReadEntry[], old: Map<ReadEntry, ReadEntry>): ReadEntry[] => [
  ...entries.filter((entry) => !old.has(entry)),
  ...entries.filter((entry) => old.has(entry)),
]

const itemOf = (entry: ReadEntry, context: CalendarContext): ImportItem => {
  const { line, kind, notes } = entry
  const item: ImportItem = {
    kind: 'task',
    place: `line ${line}`,
    uid: uidOf(entry),
    fields: {},
    completed_at: null,
    notes: notes.list,
  }
  if (!entry.isWhole) return { ...item, problem: 'the file ends, or another entry begins, before its end' }
  if (kind !== 'VTODO' && kind !== 'VEVENT') return { ...item, problem: `a ${kind} is not something to do` }
  if (context.old.has(entry)) notes.leftOut('SEQUENCE', 'older-version', 'the file holds a newer version of this entry')
  if (entry.calendar.method === 'CANCEL' || isCancelled(entry)) return { ...item, problem: 'was cancelled' }
  noteUnused([...entry.unused], notes)
  try {
    return { ...item, ...taskOfEntry(entry, context), used: [...entry.properties.keys()].filter(isContent) }
  } catch (cause) {
    // Not taken for an event that is over: it would come without its rule.
    if (cause instanceof RuleTooExpensive) return { ...item, problem: `recurrence_rule: ${cause.message}` }
    if (!(cause instanceof RangeError)) throw cause
    return { ...item, problem: 'it has dates beyond what calendars hold' }
  }
}

const isContent = (name: string): boolean => !/^(?:UID|DTSTAMP|LAST-MODIFIED|SEQUENCE|X-TASKFLOW-EXACT)$/.test(name)

const isCancelled = (entry: ReadEntry): boolean => textIn(entry, 'STATUS')?.trim().toUpperCase() === 'CANCELLED'

/** Our own ids end in a host. A changed date of a series is an entry of its own under the same id. */
const uidOf = (entry: ReadEntry): string | undefined => {
  const { uid } = entry
  if (uid === undefined) return undefined
  const [, own] = /^([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})@/i.exec(uid) ?? []
  const changedDate = firstOf(entry, 'RECURRENCE-ID')?.value
  return changedDate === undefined ? (own ?? uid) : `${uid} ${changedDate}`
}
