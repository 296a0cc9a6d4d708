import { icalTime } from './calendar-rule.ts'

/** Years that a zone has to cover. */
export interface ZoneYears {
  from: number
  to: number
}

/** However far in the future something is due: clocks beyond are not foreseen. */
const latestYear = 2100
const earliestYear = 1900
/** Rules of dates go on for years. */
const [yearsBefore, yearsAfter] = [2, 8]

/**
 * A VTIMEZONE with every change of the offset in the years that occur, and those around `now`, each by its date: right
 * for programs that go by it alone, and no list of zones has to be kept up to date.
 */
export const calendarZone = (
  time_zone: string,
  now: Temporal.Instant,
  years: ZoneYears = { from: latestYear, to: earliestYear },
): string => {
  const { year } = now.toZonedDateTimeISO(time_zone)
  const from = Math.max(earliestYear, Math.min(years.from, year - yearsBefore))
  const to = Math.min(latestYear, Math.max(years.to, year + yearsAfter))
  const begin = Temporal.ZonedDateTime.from({ year: from, month: 1, day: 1, timeZone: time_zone })
  const end = begin.with({ year: to + 1 })
  const lines = ['BEGIN:VTIMEZONE', `TZID:${time_zone}`, ...observance(begin, begin)]
  let change = begin.getTimeZoneTransition('next')
  while (change && Temporal.ZonedDateTime.compare(change, end) < 0) {
    const before = change.subtract({ nanoseconds: 1 })
    lines.push(...observance(before, change))
    change = change.getTimeZoneTransition('next')
  }
  return [...lines, 'END:VTIMEZONE', ''].join('\r\n')
}

/** The offset from `after` on. Its start is in the local time of the offset before. */
const observance = (before: Temporal.ZonedDateTime, after: Temporal.ZonedDateTime): string[] => {
  const kind = after.offsetNanoseconds > before.offsetNanoseconds ? 'DAYLIGHT' : 'STANDARD'
  const start = after.toInstant().toZonedDateTimeISO(before.offset).toPlainDateTime().toString()
  return [
    `BEGIN:${kind}`,
    `DTSTART:${icalTime(start)}`,
    `TZOFFSETFROM:${before.offset.replace(':', '')}`,
    `TZOFFSETTO:${after.offset.replace(':', '')}`,
    `END:${kind}`,
  ]
}
