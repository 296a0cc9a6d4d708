import type { CalendarEntry } from './calendar-lines.ts'
import { type CalendarProperty, readProperty, textOf } from './calendar-property.ts'
import { type CalendarTime, readTime } from './calendar-time.ts'
import type { createZoneFinder } from './calendar-time-zones.ts'
import { createNotes, type Notes } from './import-note.ts'

/** An entry of a calendar with its properties by name. */
export interface ReadEntry extends CalendarEntry {
  properties: Map<string, CalendarProperty[]>
  notes: Notes
  uid: string | undefined
}

export const readEntry = (entry: CalendarEntry): ReadEntry => {
  const notes = createNotes()
  const properties = new Map<string, CalendarProperty[]>()
  for (const line of entry.lines) {
    const property = readProperty(line)
    if (!property) {
      notes.leftOut(/^[^;:]{0,60}/.exec(line)![0], 'unreadable', 'this line cannot be read')
      continue
    }
    const known = properties.get(property.name)
    if (known) known.push(property)
    else properties.set(property.name, [property])
  }
  const uid = properties.get('UID')?.[0]
  return { ...entry, properties, notes, uid: uid && textOf(uid).trim() ? textOf(uid).trim() : undefined }
}

export const firstOf = ({ properties }: ReadEntry, name: string): CalendarProperty | undefined =>
  properties.get(name)?.[0]

export const textIn = (entry: ReadEntry, name: string): string | undefined => {
  const property = firstOf(entry, name)
  return property && textOf(property)
}

/** Reads the times of entries, each in its zone. */
export const createTimeReader = (findZone: ReturnType<typeof createZoneFinder>, own: string) => {
  /** The zone of a property; that of the calendar, or the person's, when it names none that is known. */
  const zoneOf = (entry: ReadEntry, property: CalendarProperty | undefined): string => {
    const { zone } = entry.calendar
    const otherwise = zone ? findZone(zone, own).zone : own
    const tzid = property?.parameters.TZID
    if (!tzid) return otherwise
    const found = findZone(tzid, otherwise)
    if (!found.isKnown && !entry.notes.list.some(({ reason }) => reason === 'zone-unknown')) {
      entry.notes.changed(
        property.name,
        'zone-unknown',
        `the time zone "${tzid.slice(0, 60)}" is not known; read as ${found.zone}`,
      )
    }
    return found.zone
  }
  const timeOf = (entry: ReadEntry, name: string): CalendarTime | undefined => {
    const property = firstOf(entry, name)
    if (!property) return undefined
    const time = readTime(property.value, zoneOf(entry, property))
    noteDifference(entry, property, time)
    if (!time) entry.notes.leftOut(name, 'unreadable', `"${property.value.slice(0, 40)}" is no date`)
    return time
  }
  /** Of a zone of the file's own, which is read as one that has the same clock now, but may not have had it then. */
  const noteDifference = (entry: ReadEntry, { name, parameters: { TZID } }: CalendarProperty, time?: CalendarTime) => {
    if (!TZID || !time || 'day' in time || time.isUtc) return
    const { zone, differsAt } = findZone(TZID, own)
    if (!differsAt?.(time.time.toPlainDateTime())) return
    const message = `the time zone "${TZID.slice(0, 60)}" of the file had another offset then than ${zone}, as which it is read`
    entry.notes.changed(name, 'zone-differs', message)
  }
  return { zoneOf, timeOf }
}
export type TimeReader = ReturnType<typeof createTimeReader>
