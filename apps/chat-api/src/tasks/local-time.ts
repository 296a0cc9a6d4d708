/** The time of a date without a time, as in quick-add. */
const defaultTime = Temporal.PlainTime.from('09:00')

/**
 * The instant of a date as people and programs write it: with an offset, on the clock of `time_zone`, or a day alone,
 * which means 09:00 there. A local time that a clock change skips moves forward; of two, the earlier counts. A text
 * that is no date is returned unchanged, for the check of the field that refuses it.
 */
export const instantIn = (text: string, time_zone: string): string => {
  const date = text.trim().replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
  try {
    if (/(?:Z|[+-]\d\d(?::?\d\d)?)$/i.test(date.slice(10))) return date
    if (date.length <= 10) return atDefaultTime(Temporal.PlainDate.from(date), time_zone)
    return Temporal.PlainDateTime.from(date).toZonedDateTime(time_zone).toInstant().toString()
  } catch {
    return text
  }
}

const atDefaultTime = (date: Temporal.PlainDate, time_zone: string): string =>
  date.toZonedDateTime({ timeZone: time_zone, plainTime: defaultTime }).toInstant().toString()
