import { icalTime } from './calendar-rule.ts'

/**
 * A VTIMEZONE with every change of the offset in the years around `now`, each by its date: no rule has to be guessed,
 * and no list of zones has to be kept up to date.
 */
export const calendarZone = (time_zone: string, now: Temporal.Instant): string => {
  const begin = now.toZonedDateTimeISO(time_zone).subtract({ years: 2 }).startOfDay()
  const end = begin.add({ years: 10 })
  const lines = ['BEGIN:VTIMEZONE', `TZID:${time_zone}`, ...observance(begin, begin)]
  let change = begin.getTimeZoneTransition('next')
  while (change && Temporal.ZonedDateTime.compare(change, end) < 0) {
    lines.push(...observance(change.subtract({ nanoseconds: 1 }), change))
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
