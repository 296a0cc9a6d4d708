/** A day without a time is due at this time, as in quick-add. */
const morning = Temporal.PlainTime.from('09:00')

/**
 * The instant of a date as people and programs write it: with an offset, or on the clock of a zone, or a day alone. What
 * is no date is answered as it came, to be refused where fields are checked.
 */
export const instantIn = (text: string, time_zone: string): string => {
  const date = text.trim().replace(/^(\d{4}-\d\d-\d\d) (?=\d)/, '$1T')
  try {
    if (/(?:Z|[+-]\d\d(?::?\d\d)?)$/i.test(date.slice(10))) return date
    if (date.length <= 10) return atMorning(Temporal.PlainDate.from(date), time_zone)
    return Temporal.PlainDateTime.from(date).toZonedDateTime(time_zone).toInstant().toString()
  } catch {
    return text
  }
}

const atMorning = (date: Temporal.PlainDate, time_zone: string): string =>
  date.toZonedDateTime({ timeZone: time_zone, plainTime: morning }).toInstant().toString()
