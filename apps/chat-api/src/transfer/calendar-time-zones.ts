import { isTimeZone } from '@taskflow/recurrence'
import ICAL from 'ical.js'
import { findIana } from 'windows-iana'

/** An IANA time zone, and whether it is not only a guess. */
export interface FoundZone {
  zone: string
  isKnown: boolean
  /** Whether a VTIMEZONE that it was chosen by has another offset at a local time. */
  differsAt?: (local: Temporal.PlainDateTime) => boolean
}

type ZoneMatch = Omit<FoundZone, 'isKnown'>

/** Comparing a zone that comes along with all others takes some 10 ms; no file needs many. */
const maxComparisons = 10

/**
 * Finds IANA time zones by what files call them: by that name, at the end of a path, by the name Windows has for it
 * (CLDR's table), by an offset, or by the VTIMEZONE that comes along. Any other is `otherwise`.
 */
export const createZoneFinder = (along: Map<string, string>, now: Temporal.Instant) => {
  const found = new Map<string, ZoneMatch | undefined>()
  let comparisons = 0
  const find = (name: string, preferred: string): ZoneMatch | undefined => {
    const byName = zoneByName(name)
    if (byName) return { zone: byName }
    const text = along.get(name)
    if (!text) return undefined
    const location = /^X-LIC-LOCATION[^:]*:(.*)$/im.exec(text)?.[1]?.trim()
    const byLocation = location ? zoneByName(location) : undefined
    if (byLocation) return { zone: byLocation }
    if (++comparisons > maxComparisons) return undefined
    return zoneLike(text, [preferred, ...Intl.supportedValuesOf('timeZone')], now)
  }
  return (tzid: string, otherwise: string): FoundZone => {
    const name = tzid.trim()
    if (!found.has(name)) found.set(name, find(name, otherwise))
    const match = found.get(name)
    if (match) return { ...match, isKnown: true }
    // Of `(UTC-05:00) Eastern Time`, as Windows shows zones, the offset at least.
    const [offset = ''] = /^\((?:GMT|UTC)[^)]{0,20}\)/i.exec(name) ?? []
    return { zone: zoneByOffset(offset) ?? otherwise, isKnown: false }
  }
}

const zoneByName = (name: string): string | undefined => {
  if (name.length > 200) return undefined
  if (isTimeZone(name)) return name
  const [byWindows] = findIana(name as never)
  if (byWindows) return byWindows
  const parts = name.split('/').slice(-6)
  for (let from = 1; from < parts.length; from++) {
    const end = parts.slice(from).join('/')
    if (end && isTimeZone(end)) return end
    const [windows] = findIana(end as never)
    if (windows) return windows
  }
  return zoneByOffset(name)
}

/** `GMT+0100`, `UTC-5`, `(GMT-03:00)`. The names of IANA have the opposite sign. */
const zoneByOffset = (name: string): string | undefined => {
  const [, sign, hours] = /^\(?(?:GMT|UTC)\s*([+-])0?(\d{1,2})(?::?00)?\)?$/i.exec(name) ?? []
  if (hours === undefined) return undefined
  const zone = Number(hours) === 0 ? 'UTC' : `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`
  return isTimeZone(zone) ? zone : undefined
}

/** The first zone with the same offsets this year and next. */
const zoneLike = (text: string, candidates: string[], now: Temporal.Instant): ZoneMatch | undefined => {
  // Rules of zones are yearly; anything else could keep the parser busy.
  if (/FREQ=(?!YEARLY)/i.test(text)) return undefined
  try {
    const parsed = ICAL.parse(`BEGIN:VCALENDAR\r\n${text}\r\nEND:VCALENDAR`)
    const theirs = new ICAL.Timezone(new ICAL.Component(parsed).getFirstSubcomponent('vtimezone')!)
    const { year } = now.toZonedDateTimeISO('UTC')
    const offsetAt = ({ year, month, day, hour, minute, second }: Temporal.PlainDateTime) =>
      theirs.utcOffset(new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, theirs))
    const ours = (zone: string, local: Temporal.PlainDateTime) => local.toZonedDateTime(zone).offsetNanoseconds / 1e9
    const samples = [year, year + 1].flatMap((each) =>
      // The middle of summer and winter first: most candidates differ there.
      [1, 7, 3, 4, 10, 11].flatMap((month) =>
        [8, 22].map((day) => Temporal.PlainDateTime.from({ year: each, month, day, hour: 12 })),
      ),
    )
    const offsets = samples.map(offsetAt)
    const zone = candidates.find((each) => samples.every((local, index) => ours(each, local) === offsets[index]))
    return zone === undefined ? undefined : { zone, differsAt: (local) => ours(zone, local) !== offsetAt(local) }
  } catch {
    return undefined
  }
}
