import { dateOf, dayOf, secondsPerDay, weekdayOfDay } from './calendar.ts'
import { dayMatcher, monthsOf } from './match-day.ts'
import type { Rule } from './parse-rule.ts'
import { RecurrenceError } from './recurrence-error.ts'

/**
 * The most days and times that one call looks at. It bounds the time for any rule, however hostile, to some
 * milliseconds. A rule that matches nothing within so many (160 years of days) is taken to never match again.
 */
const maxEffort = 60_000
/** The same for hourly to secondly rules, whose steps cost more. */
const maxTimeEffort = 15_000
/**
 * The most times that BYSETPOS may choose from: only for it a whole set is built, everything else is generated lazily.
 */
const maxSetSize = 40_000

const lastDay = dayOf(9999, 12, 31)
const unitSeconds = { HOURLY: 3_600, MINUTELY: 60, SECONDLY: 1 } as const

/**
 * The local times of a rule, ascending, in seconds since 1970-01-01T00:00 as if local time were UTC. `start` is
 * DTSTART; nothing before `from` is generated, unless the rule has COUNT, which needs all times from the start.
 */
export function* generate(rule: Rule, start: number, from: number, until: number): Generator<number> {
  const begin = rule.count === undefined ? Math.max(start, from) : start
  if (rule.bySetPos?.every((position) => Math.abs(position) > maxSetSizeOf(rule))) return
  const periods = rule.freq in unitSeconds ? timePeriods(rule, start, begin) : dayPeriods(rule, start, begin)
  let count = 0
  let vain = 0
  let total = 0
  for (const { times, effort } of periods) {
    vain += effort
    total += effort
    for (const time of rule.bySetPos ? positions([...times], rule.bySetPos) : times) {
      if (time < start) continue
      if (time > until) return
      vain = 0
      count++
      if (time >= begin) yield time
      if (count === rule.count) return
    }
    if (vain > maxEffort) return
    if (rule.count !== undefined && total > 8 * maxEffort) {
      throw new RecurrenceError('COUNT', 'reaches more than a thousand years ahead; end the rule with UNTIL instead')
    }
  }
}

/** The times of one period, and the cost of finding them, in days looked at. */
interface Period {
  times: Iterable<number>
  effort: number
}

/** The most times that a period of the rule can hold. */
const maxSetSizeOf = ({ freq, byHour, byMinute, bySecond }: Rule): number => {
  const [hours, minutes, seconds] = [byHour?.length ?? 1, byMinute?.length ?? 1, bySecond?.length ?? 1]
  if (freq === 'SECONDLY') return 1
  if (freq === 'MINUTELY') return seconds
  if (freq === 'HOURLY') return minutes * seconds
  return hours * minutes * seconds * { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }[freq]
}

const positions = (set: number[], wanted: number[]): number[] =>
  [...new Set(wanted.map((position) => set.at(position > 0 ? position - 1 : position)))]
    .filter((time) => time !== undefined)
    .toSorted((a, b) => a - b)

/** The times of a daily to yearly rule, period by period from the one that holds `begin`. */
function* dayPeriods(rule: Rule, start: number, begin: number): Generator<Period> {
  const startDay = Math.floor(start / secondsPerDay)
  const matches = dayMatcher(rule, startDay)
  const months = monthsOf(rule, startDay)
  const times = timesOfDay(rule, start - startDay * secondsPerDay)
  const beginDay = Math.floor(begin / secondsPerDay)
  for (let index = firstPeriod(rule, startDay, beginDay); ; index += rule.interval) {
    const [first, length] = periodDays(rule, startDay, index)
    if (first > lastDay) return
    // BYSETPOS needs the whole period and COUNT all from the start; otherwise nothing before `beginDay` is needed.
    const isWhole = rule.bySetPos !== undefined || rule.count !== undefined
    const days = matchingDays(isWhole ? first : Math.max(first, beginDay), first + length, matches, months)
    yield { times: timesOn(rule.bySetPos ? boundedSet(days, times.length) : days, times), effort: length }
  }
}

/** The matching days, generated lazily: who needs only the next date does not wait for a whole year of them. */
function* matchingDays(
  from: number,
  to: number,
  matches: (day: number) => boolean,
  months: number[] | undefined,
): Generator<number> {
  for (let day = from; day < to; ) {
    const { year, month } = dateOf(day)
    const end = Math.min(to, firstAfter(year, month))
    if (months && !months.includes(month)) day = end
    for (; day < end; day++) if (matches(day)) yield day
  }
}

/** The first day after a month. */
const firstAfter = (year: number, month: number): number =>
  month === 12 ? dayOf(year + 1, 1, 1) : dayOf(year, month + 1, 1)

const boundedSet = (days: Iterable<number>, timesADay: number): number[] => {
  const set = [...days]
  if (set.length * timesADay > maxSetSize) {
    throw new RecurrenceError(
      'BYSETPOS',
      `chooses among more than ${maxSetSize} times; name fewer hours, minutes or seconds`,
    )
  }
  return set
}

function* timesOn(days: Iterable<number>, times: number[]): Generator<number> {
  for (const day of days) for (const time of times) yield day * secondsPerDay + time
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

/** The times of day of a daily to yearly rule, in seconds; parts that are not given come from the start. */
const timesOfDay = (rule: Rule, start: number): number[] => {
  const hours = rule.byHour ?? [Math.floor(start / 3_600)]
  const minutes = rule.byMinute ?? [Math.floor(start / 60) % 60]
  const seconds = rule.bySecond ?? [start % 60]
  return hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => hour * 3_600 + minute * 60 + second)),
  )
}

/**
 * The sets of times of an hourly to secondly rule. Days, hours and minutes that the rule excludes are skipped up to the
 * next step of the interval, so a step costs about the same whether the interval is a second or a year.
 */
function* timePeriods(rule: Rule, start: number, begin: number): Generator<Period> {
  const unit = unitSeconds[rule.freq as keyof typeof unitSeconds]
  const step = unit * rule.interval
  const startDay = Math.floor(start / secondsPerDay)
  const matches = dayMatcher(rule, startDay)
  const base = Math.floor(start / unit) * unit
  const minutes = rule.byMinute ?? [Math.floor(start / 60) % 60]
  const seconds = rule.bySecond ?? [start % 60]
  const align = (time: number) => base + Math.ceil((time - base) / step) * step
  let skipped = 0
  for (
    let time = align(Math.max(base, Math.floor(begin / unit) * unit));
    Math.floor(time / secondsPerDay) <= lastDay;
  ) {
    if (skipped++ > maxTimeEffort) return
    const day = Math.floor(time / secondsPerDay)
    const ofDay = time - day * secondsPerDay
    if (!matches(day)) time = align((day + 1) * secondsPerDay)
    else if (rule.byHour && !rule.byHour.includes(Math.floor(ofDay / 3_600)))
      time = align(Math.floor(time / 3_600) * 3_600 + 3_600)
    else if (unit < 3_600 && rule.byMinute && !rule.byMinute.includes(Math.floor(ofDay / 60) % 60))
      time = align(Math.floor(time / 60) * 60 + 60)
    else if (unit === 1 && rule.bySecond && !rule.bySecond.includes(ofDay % 60)) time = align(time + 1)
    else {
      let times: number[]
      if (unit === 3_600) times = minutes.flatMap((minute) => seconds.map((second) => time + minute * 60 + second))
      else if (unit === 60) times = seconds.map((second) => time + second)
      else times = [time]
      yield { times, effort: 8 }
      skipped = 0
      time += step
    }
  }
}
