import { dateOf, dayOf, daysInMonth, daysInYear, weekdayOfDay, weekNumbersOf } from './calendar.ts'
import type { Rule } from './parse-rule.ts'

const isOpen = (rule: Rule): boolean => !rule.byDay && !rule.byMonthDay && !rule.byYearDay && !rule.byWeekNo

/** The months to which a rule that starts on a day is limited. */
export const monthsOf = (rule: Rule, start: number): number[] | undefined =>
  rule.byMonth ?? (isOpen(rule) && rule.freq === 'YEARLY' ? [dateOf(start).month] : undefined)

/**
 * Returns a test of whether a rule allows a day. What a rule leaves open comes from its start (RFC 5545, 3.3.10): a
 * yearly rule without days means the start's month and day, a monthly one its day, a weekly one its weekday.
 */
export const dayMatcher = (rule: Rule, start: number): ((day: number) => boolean) => {
  const first = dateOf(start)
  const open = isOpen(rule)
  const byMonth = monthsOf(rule, start)
  const byMonthDay =
    rule.byMonthDay ?? (open && (rule.freq === 'YEARLY' || rule.freq === 'MONTHLY') ? [first.day] : undefined)
  const byDay =
    rule.byDay ?? (open && rule.freq === 'WEEKLY' ? [{ weekday: weekdayOfDay(start), nth: undefined }] : undefined)
  /** A numbered weekday counts within the month, or within the year when a yearly rule names no months. */
  const inYear = rule.freq === 'YEARLY' && !rule.byMonth

  return (day) => {
    const date = dateOf(day)
    if (byMonth && !byMonth.includes(date.month)) return false
    const length = daysInMonth(date.year, date.month)
    if (byMonthDay && !has(byMonthDay, date.day, length)) return false
    if (rule.byYearDay && !has(rule.byYearDay, day - dayOf(date.year, 1, 1) + 1, daysInYear(date.year))) return false
    if (rule.byWeekNo) {
      const [number, fromEnd] = weekNumbersOf(day, date.year, rule.weekStart)
      if (!rule.byWeekNo.includes(number) && !rule.byWeekNo.includes(fromEnd)) return false
    }
    if (!byDay) return true
    const weekday = weekdayOfDay(day)
    const [number, of] = inYear ? [day - dayOf(date.year, 1, 1) + 1, daysInYear(date.year)] : [date.day, length]
    return byDay.some(
      (each) => each.weekday === weekday && (each.nth === undefined || each.nth === nthOf(number, of, each.nth)),
    )
  }
}

/** Whether a list, whose negative numbers count from the end, names the given number out of `of`. */
const has = (list: number[], number: number, of: number): boolean =>
  list.includes(number) || list.includes(number - of - 1)

/** Which of its weekday a day is: 2 for the second, or -1 for the last when `nth` counts from the end. */
const nthOf = (number: number, of: number, nth: number): number =>
  nth > 0 ? Math.ceil(number / 7) : -Math.ceil((of - number + 1) / 7)
