/**
 * The proleptic Gregorian calendar in whole days since 1970-01-01, without time zones: the unit rules count in. Plain
 * arithmetic, because a rule may look at many thousands of days.
 */

export const secondsPerDay = 86_400

export const dayOf = (year: number, month: number, day: number): number => {
  // Days from civil: years begin in March, so that the leap day is the last (Howard Hinnant's algorithm).
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

export const dateOf = (day: number): { year: number; month: number; day: number } => {
  const z = day + 719_468
  const era = Math.floor(z / 146_097)
  const dayOfEra = z - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1_460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const month = shifted + (shifted < 10 ? 3 : -9)
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  }
}

const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

export const daysInYear = (year: number): number => (isLeapYear(year) ? 366 : 365)

export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31

/** The first day after a month. */
export const firstAfter = (year: number, month: number): number =>
  month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1)

/** 0 for Monday; 1970-01-01 was a Thursday. */
export const weekdayOfDay = (day: number): number => (((day + 3) % 7) + 7) % 7

/** The first day of week 1 of a year: the first week with at least four of its days (RFC 5545, BYWEEKNO). */
const firstWeekOf = (year: number, weekStart: number): number => {
  const first = dayOf(year, 1, 1)
  const offset = (weekdayOfDay(first) - weekStart + 7) % 7
  return offset <= 3 ? first - offset : first + 7 - offset
}

/** The number of a day's week, counted from the beginning and from the end of the year the week belongs to. */
export const weekNumbersOf = (day: number, year: number, weekStart: number): [number, number] => {
  let [start, next] = [firstWeekOf(year, weekStart), firstWeekOf(year + 1, weekStart)]
  if (day < start) [start, next] = [firstWeekOf(year - 1, weekStart), start]
  else if (day >= next) [start, next] = [next, firstWeekOf(year + 2, weekStart)]
  const number = Math.floor((day - start) / 7) + 1
  return [number, number - Math.round((next - start) / 7) - 1]
}
