import { firstOf, type ReadEntry, textIn } from './calendar-entry.ts'

/** Series and their changed dates, which are entries of their own under the same UID. */
export interface CalendarEntries {
  entries: ReadEntry[]
  /** The changed dates of each series. */
  changed: Map<string, ReadEntry[]>
  titles: Map<string, string>
  /** The entries that are no changed dates, by their UIDs. */
  masters: Map<string, ReadEntry>
  /** Those of which there is a newer version. */
  old: Map<ReadEntry, ReadEntry>
}

/** Of several versions of an entry the one with the highest SEQUENCE counts, then the one written last. */
export const sortVersions = (entries: ReadEntry[]): CalendarEntries => {
  const newest = new Map<string, ReadEntry>()
  const old: CalendarEntries['old'] = new Map()
  const changed: CalendarEntries['changed'] = new Map()
  const titles = new Map<string, string>()
  const masters: CalendarEntries['masters'] = new Map()
  for (const entry of entries) {
    if (entry.uid === undefined) continue
    const name = JSON.stringify([entry.uid, firstOf(entry, 'RECURRENCE-ID')?.value])
    const other = newest.get(name)
    // Two at one time with nothing that tells which is newer may be two things under one name.
    if (other && isApart(entry, other)) {
      entry.uid = `${entry.uid} ${entry.line}`
      continue
    }
    const isNewer = !other || compareVersions(entry, other) >= 0
    if (other) old.set(isNewer ? other : entry, isNewer ? entry : other)
    if (isNewer) newest.set(name, entry)
  }
  for (const entry of newest.values()) {
    if (!firstOf(entry, 'RECURRENCE-ID')) {
      titles.set(entry.uid!, textIn(entry, 'SUMMARY') ?? '')
      masters.set(entry.uid!, entry)
    } else changed.set(entry.uid!, [...(changed.get(entry.uid!) ?? []), entry])
  }
  return { entries, changed, titles, masters, old }
}

const versionOf = (entry: ReadEntry) => [
  (textIn(entry, 'SEQUENCE') ?? '0').trim().padStart(12, '0'),
  textIn(entry, 'LAST-MODIFIED')?.trim() ?? '',
  textIn(entry, 'DTSTAMP')?.trim() ?? '',
]

const compareVersions = (a: ReadEntry, b: ReadEntry): number => {
  const [mine, theirs] = [versionOf(a).join(), versionOf(b).join()]
  return mine < theirs ? -1 : mine > theirs ? 1 : 0
}

const isApart = (a: ReadEntry, b: ReadEntry): boolean =>
  compareVersions(a, b) === 0 && firstOf(a, 'DTSTART')?.value !== firstOf(b, 'DTSTART')?.value
