import type { Budget } from './budget.ts'
import { dateOf, dayOf, firstAfter, secondsPerDay, weekdayOfDay } from './calendar.ts'
import { dayMatcher, monthsOf } from './match-day.ts'
import type { Rule } from './parse-rule.ts'
import { lastDay, maxVainDays, type Period } from './period.ts'

/** The times of a daily to yearly rule, period by period from the one that holds `begin`. */
export const dayPeriods = (rule: Rule, start: number, begin: number, budget: Budget): Generator<Period> =>
  rule.freq === 'DAILY' ? singleDays(rule, start, begin, budget) : longPeriods(rule, start, begin, budget)

/** The same for daily rules, most of whose days may not match: only for one that does a period is made. */
function* singleDays(rule: Rule, start: number, begin: number, budget: Budget): Generator<Period> {
  const startDay = Math.floor(start / secondsPerDay)
  const matches = dayMatcher(rule, startDay, budget)
  const timesOn = timesOfDay(rule, start - startDay * secondsPerDay)
  let effort = 0
  for (let day = startDay + firstPeriod(rule, startDay, Math.floor(begin / secondsPerDay)); ; day += rule.interval) {
    if (day > lastDay) return
    effort++
    const isAllowed = matches(day)
    if (!isAllowed && effort <= maxVainDays) continue
    yield { times: timesOn(isAllowed ? [day] : []), effort }
    effort = 0
  }
}

function* longPeriods(rule: Rule, start: number, begin: number, budget: Budget): Generator<Period> {
  const startDay = Math.floor(start / secondsPerDay)
  const days = { matches: dayMatcher(rule, startDay, budget), months: monthsOf(rule, startDay), budget }
  const timesOn = timesOfDay(rule, start - startDay * secondsPerDay)
  const beginDay = Math.floor(begin / secondsPerDay)
  for (let index = firstPeriod(rule, startDay, beginDay); ; index += rule.interval) {
    budget.spend(2)
    const [first, length] = periodDays(rule, startDay, index)
    if (first > lastDay) return
    // BYSETPOS needs the whole period and COUNT all from the start; otherwise nothing before `beginDay` is needed.
    const isWhole = rule.bySetPos !== undefined || rule.count !== undefined
    yield {
      times: timesOn(matchingDays(isWhole ? first : Math.max(first, beginDay), first + length, days)),
      effort: length,
    }
  }
}

/** The matching days, generated lazily: who needs only the next date does not wait for a whole year of them. */
function* matchingDays(
  from: number,
  to: number,
  { matches, months, budget }: { matches: (day: number) => boolean; months: number[] | undefined; budget: Budget },
): Generator<number> {
  for (let day = from; day < to; ) {
    const { year, month } = dateOf(day)
    const end = Math.min(to, firstAfter(year, month))
    budget.spend(1)
    if (months && !months.includes(month)) day = end
    for (; day < end; day++) if (matches(day)) yield day
  }
}

/** The number of the first period to look at: a multiple of the interval, not after the one of `beginDay`. */
const firstPeriod = (rule: Rule, startDay: number, beginDay: number): number => {
  const from = dateOf(startDay)
  const to = dateOf(beginDay)
  const passed = {
    YEARLY: to.year - from.year,
    MONTHLY: (to.year - from.year) * 12 + to.month - from.month,
    WEEKLY: Math.floor((beginDay - weekOf(startDay, rule.weekStart)) / 7),
    DAILY: beginDay - startDay,
  }[rule.freq as 'YEARLY' | 'MONTHLY' | 'WEEKLY' | 'DAILY']
  return Math.floor(passed / rule.interval) * rule.interval
}

/** The first day and the length of a period; index 0 is the period that holds the start. */
const periodDays = (rule: Rule, startDay: number, index: number): [number, number] => {
  if (rule.freq === 'DAILY') return [startDay + index, 1]
  if (rule.freq === 'WEEKLY') return [weekOf(startDay, rule.weekStart) + index * 7, 7]
  const { year, month } = dateOf(startDay)
  if (rule.freq === 'YEARLY') {
    const first = dayOf(year + index, 1, 1)
    return [first, dayOf(year + index + 1, 1, 1) - first]
  }
  const months = month - 1 + index
  const [y, m] = [year + Math.floor(months / 12), (months % 12) + 1]
  const first = dayOf(y, m, 1)
  return [first, firstAfter(y, m) - first]
}

const weekOf = (day: number, weekStart: number): number => day - ((weekdayOfDay(day) - weekStart + 7) % 7)

/**
 * The times of daily to yearly rules on given days, generated lazily, since a day may have 86,400 of them. Parts that
 * are not given come from the start.
 */
const timesOfDay = (rule: Rule, start: number): ((days: Iterable<number>) => Generator<number>) => {
  const hours = rule.byHour ?? [Math.floor(start / 3_600)]
  const minutes = rule.byMinute ?? [Math.floor(start / 60) % 60]
  const seconds = rule.bySecond ?? [start % 60]
  return function* (days) {
    for (const day of days)
      for (const hour of hours)
        for (const minute of minutes)
          for (const second of seconds) yield day * secondsPerDay + hour * 3_600 + minute * 60 + second
  }
}
