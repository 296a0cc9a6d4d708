import type { Budget } from './budget.ts'
import { dateOf, firstAfter, secondsPerDay } from './calendar.ts'
import { dayMatcher, monthsOf } from './match-day.ts'
import type { Rule } from './parse-rule.ts'
import { lastDay, type Period } from './period.ts'

export const unitSeconds = { HOURLY: 3_600, MINUTELY: 60, SECONDLY: 1 } as const

/** The most jumps without a time: a rule that has none within them is taken to never match again. */
const maxJumps = 15_000

/**
 * The sets of times of an hourly to secondly rule. What the rule excludes is jumped over: to the next month, day, hour,
 * minute or second that it allows, and from there to the next step of its interval.
 */
export function* timePeriods(rule: Rule, start: number, begin: number, budget: Budget): Generator<Period> {
  const unit = unitSeconds[rule.freq as keyof typeof unitSeconds]
  const step = unit * rule.interval
  const startDay = Math.floor(start / secondsPerDay)
  const nextDay = dayJump(rule, startDay, budget)
  const base = Math.floor(start / unit) * unit
  const align = (time: number) => base + Math.ceil((time - base) / step) * step
  const hours = jumps(rule.byHour, 24)
  const minutes = unit < 3_600 ? jumps(rule.byMinute, 60) : undefined
  const seconds = unit === 1 ? jumps(rule.bySecond, 60) : undefined
  const timesFrom = timesWithin(rule, unit, start)
  let jumped = 0
  for (let time = align(Math.max(base, Math.floor(begin / unit) * unit)); ; ) {
    const day = Math.floor(time / secondsPerDay)
    if (day > lastDay || jumped++ > maxJumps) return
    budget.spend(1)
    const allowed = nextDay(day)
    if (allowed !== day) {
      time = align(allowed * secondsPerDay)
      continue
    }
    const ofDay = time - day * secondsPerDay
    const hour = Math.floor(ofDay / 3_600)
    if (hours && hours[hour] !== hour) {
      time = align(day * secondsPerDay + hours[hour]! * 3_600)
      continue
    }
    const minute = Math.floor(ofDay / 60) % 60
    if (minutes && minutes[minute] !== minute) {
      time = align(time - (ofDay % 3_600) + minutes[minute]! * 60)
      continue
    }
    const second = ofDay % 60
    if (seconds && seconds[second] !== second) {
      time = align(time - second + seconds[second]!)
      continue
    }
    yield { times: timesFrom(time), effort: 8 }
    jumped = 0
    time += step
  }
}

/**
 * Returns the day itself if the rule allows it, otherwise a later one before which none is allowed. It remembers the
 * last day, which is asked for many times in a row.
 */
const dayJump = (rule: Rule, startDay: number, budget: Budget): ((day: number) => number) => {
  const matches = dayMatcher(rule, startDay, budget)
  const months = monthsOf(rule, startDay)
  let known: number | undefined
  return (day) => {
    if (day === known) return day
    if (matches(day)) {
      known = day
      return day
    }
    const { year, month } = dateOf(day)
    return months && !months.includes(month) ? firstAfter(year, month) : day + 1
  }
}

/** For each number below `size` the next that is allowed, itself included; `size` when none is. */
const jumps = (allowed: number[] | undefined, size: number): number[] | undefined => {
  if (!allowed) return undefined
  const next: number[] = Array(size).fill(size)
  for (let number = size - 1, following = size; number >= 0; number--) {
    if (allowed.includes(number)) following = number
    next[number] = following
  }
  return next
}

/** The times of a period that begins at a time. */
const timesWithin = (rule: Rule, unit: number, start: number): ((time: number) => number[]) => {
  if (unit === 1) return (time) => [time]
  const seconds = rule.bySecond ?? [start % 60]
  if (unit === 60) return (time) => seconds.map((second) => time + second)
  const minutes = rule.byMinute ?? [Math.floor(start / 60) % 60]
  return (time) => minutes.flatMap((minute) => seconds.map((second) => time + minute * 60 + second))
}
