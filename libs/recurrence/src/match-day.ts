import type { Budget } from './budget.ts'
import { dateOf, dayOf, daysInMonth, daysInYear, weekdayOfDay, weekNumbersOf } from './calendar.ts'
import type { Rule, WeekdayNumber } from './parse-rule.ts'

const isOpen = (rule: Rule): boolean => !rule.byDay && !rule.byMonthDay && !rule.byYearDay && !rule.byWeekNo

/** The weekday that a rule leaves to its start: that of a week, whichever names the weeks. */
export const weekdayOfStart = (rule: Rule, start: number): number | undefined => {
  const isOfWeeks = rule.freq === 'WEEKLY' || (rule.byWeekNo && (rule.freq === 'YEARLY' || rule.freq === 'MONTHLY'))
  return isOfWeeks && !rule.byDay && !rule.byMonthDay && !rule.byYearDay ? weekdayOfDay(start) : undefined
}

/** The months to which a rule that starts on a day is limited. */
export const monthsOf = (rule: Rule, start: number): number[] | undefined =>
  rule.byMonth ?? (isOpen(rule) && rule.freq === 'YEARLY' ? [dateOf(start).month] : undefined)

/**
 * Returns a test of whether a rule allows a day. What a rule leaves open comes from its start (RFC 5545, 3.3.10): a
 * yearly rule without days means the start's month and day, a monthly one its day, a weekly one or one of weeks its
 * weekday.
 */
export const dayMatcher = (rule: Rule, start: number, budget: Budget): ((day: number) => boolean) => {
  const first = dateOf(start)
  const open = isOpen(rule)
  const byMonth = monthsOf(rule, start)
  const byMonthDay = members(
    rule.byMonthDay ?? (open && (rule.freq === 'YEARLY' || rule.freq === 'MONTHLY') ? [first.day] : undefined),
  )
  const byYearDay = members(rule.byYearDay)
  const byWeekNo = members(rule.byWeekNo)
  const weekday = weekdayOfStart(rule, start)
  const byDay = byWeekday(rule.byDay ?? (weekday === undefined ? undefined : [{ weekday, nth: undefined }]))
  /** A numbered weekday counts within the month, or within the year when a yearly rule names no months. */
  const inYear = rule.freq === 'YEARLY' && !rule.byMonth

  const steps = rule.byWeekNo ? 2 : 1

  return (day) => {
    budget.spend(steps)
    const date = dateOf(day)
    if (byMonth && !byMonth.includes(date.month)) return false
    const length = daysInMonth(date.year, date.month)
    if (byMonthDay && !has(byMonthDay, date.day, length)) return false
    if (byYearDay && !has(byYearDay, day - dayOf(date.year, 1, 1) + 1, daysInYear(date.year))) return false
    if (byWeekNo) {
      const [number, fromEnd] = weekNumbersOf(day, date.year, rule.weekStart)
      if (!byWeekNo.has(number) && !byWeekNo.has(fromEnd)) return false
    }
    if (!byDay) return true
    const nths = byDay[weekdayOfDay(day)]
    if (!nths || nths === 'each') return nths === 'each'
    const [number, of] = inYear ? [day - dayOf(date.year, 1, 1) + 1, daysInYear(date.year)] : [date.day, length]
    // Its place among its weekdays, from the beginning and from the end.
    return nths.has(Math.ceil(number / 7)) || nths.has(-Math.ceil((of - number + 1) / 7))
  }
}

/** Each day is looked up in the lists of a rule. Most have a number or two, which needs no set. */
const members = (list: number[] | undefined): { has: (number: number) => boolean } | undefined =>
  list && (list.length > 8 ? new Set(list) : { has: (number) => list.includes(number) })

/** For each weekday which of it count: each, or those with a number. */
const byWeekday = (list: WeekdayNumber[] | undefined): ('each' | Set<number> | undefined)[] | undefined => {
  if (!list) return undefined
  const weekdays: ('each' | Set<number> | undefined)[] = Array(7).fill(undefined)
  for (const { weekday, nth } of list) {
    const known = weekdays[weekday]
    if (nth === undefined || known === 'each') weekdays[weekday] = 'each'
    else weekdays[weekday] = (known ?? new Set()).add(nth)
  }
  return weekdays
}

/** Whether a list, whose negative numbers count from the end, names the given number out of `of`. */
const has = (list: { has: (number: number) => boolean }, number: number, of: number): boolean =>
  list.has(number) || list.has(number - of - 1)
