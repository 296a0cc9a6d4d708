import { firstOf, type ReadEntry, type TimeReader } from './calendar-entry.ts'
import { icalTime } from './calendar-rule.ts'
import { type CalendarTime, readTime } from './calendar-time.ts'
import type { CalendarEntries } from './calendar-versions.ts'

/**
 * A change of a date and all after it (RANGE=THISANDFUTURE, RFC 5545, 3.2.13) ends the series before it and begins one
 * of its own with the same rule. Where that cannot be said, only the date itself is changed, and notes say so.
 */
export const splitRanges = ({ changed, masters }: Pick<CalendarEntries, 'changed' | 'masters'>, times: TimeReader) => {
  for (const [uid, entries] of changed) {
    const master = masters.get(uid)
    const ranged = entries.filter((entry) => firstOf(entry, 'RECURRENCE-ID')!.parameters.RANGE !== undefined)
    // The later of two ends what the earlier one began: rare enough to be only said.
    const [only, ...others] = ranged
    const isAlone = entries.length === 1
    const isSplit = only && others.length === 0 && master !== undefined && split(master, only, times, isAlone)
    if (isSplit)
      changed.set(
        uid,
        entries.filter((entry) => entry !== only),
      )
    for (const entry of isSplit ? [] : ranged) {
      const message = 'it changes all dates after it too; only this one is taken'
      entry.notes.changed('RECURRENCE-ID', 'following-dates', message)
    }
  }
}

const split = (master: ReadEntry, following: ReadEntry, times: TimeReader, isAlone: boolean): boolean => {
  const [rule, ...more] = master.properties.get('RRULE') ?? []
  const id = firstOf(following, 'RECURRENCE-ID')!
  const at = readTime(id.value, times.zoneOf(following, id))
  const begins = times.timeOf(following, 'DTSTART')
  const isPlain = rule && more.length === 0 && !/COUNT=/i.test(rule.value) && !following.properties.has('RRULE')
  if (!isPlain || !at || !begins || dayOf(at) !== dayOf(begins)) return false
  // Dates that are left out are named by their first times.
  const exceptions = master.properties.get('EXDATE') ?? []
  if (!isSame(at, begins) && !(isAlone && exceptions.length === 0 && !master.properties.has('RDATE'))) return false
  const kept = rule.value
    .split(';')
    .filter((part) => !/^UNTIL=/i.test(part))
    .join(';')
  // In the form that DTSTART has: a day, or an instant.
  const until = 'day' in at ? icalTime(`${at.day.subtract({ days: 1 })}T000000`).slice(0, 8) : `${lastBefore(at.time)}Z`
  master.properties.set('RRULE', [{ ...rule, value: `${kept};UNTIL=${until}` }])
  following.properties.set('RRULE', [rule])
  if (exceptions.length > 0) following.properties.set('EXDATE', exceptions)
  return true
}

const dayOf = (time: CalendarTime): string => ('day' in time ? time.day.toString() : time.time.toPlainDate().toString())

const isSame = (a: CalendarTime, b: CalendarTime): boolean =>
  'time' in a && 'time' in b ? a.time.epochMilliseconds === b.time.epochMilliseconds : 'day' in a && 'day' in b

const lastBefore = (time: Temporal.ZonedDateTime): string =>
  icalTime(time.toInstant().subtract({ seconds: 1 }).toString({ smallestUnit: 'second' }))
