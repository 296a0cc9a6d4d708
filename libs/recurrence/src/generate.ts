import type { Budget } from './budget.ts'
import { dayPeriods } from './day-periods.ts'
import type { Rule } from './parse-rule.ts'
import { maxVainDays } from './period.ts'
import { RecurrenceError } from './recurrence-error.ts'
import { timePeriods, unitSeconds } from './time-periods.ts'

/**
 * The most times that BYSETPOS may choose from: only for it a whole set is built, everything else is generated lazily.
 */
const maxSetSize = 40_000

/**
 * The local times of a rule, ascending, in seconds since 1970-01-01T00:00 as if local time were UTC. `start` is
 * DTSTART; nothing before `from` is generated, unless the rule has COUNT, which needs all times from the start.
 */
export function* generate(
  rule: Rule,
  start: number,
  { from, until }: { from: number; until: number },
  budget: Budget,
): Generator<number> {
  const begin = rule.count === undefined ? Math.max(start, from) : start
  if (rule.bySetPos?.every((position) => Math.abs(position) > maxSetSizeOf(rule))) return
  const periods = (rule.freq in unitSeconds ? timePeriods : dayPeriods)(rule, start, begin, budget)
  let count = 0
  let vain = 0
  for (const { times, effort } of periods) {
    vain += effort
    for (const time of rule.bySetPos ? positions(wholeSet(times, budget), rule.bySetPos) : times) {
      budget.spend(1)
      if (time < start) continue
      if (time > until) return
      vain = 0
      count++
      if (time >= begin) yield time
      if (count === rule.count) return
    }
    if (vain > maxVainDays) return
  }
}

/** The most times that a period of the rule can hold. */
const maxSetSizeOf = ({ freq, byHour, byMinute, bySecond }: Rule): number => {
  const [hours, minutes, seconds] = [byHour?.length ?? 1, byMinute?.length ?? 1, bySecond?.length ?? 1]
  if (freq === 'SECONDLY') return 1
  if (freq === 'MINUTELY') return seconds
  if (freq === 'HOURLY') return minutes * seconds
  return hours * minutes * seconds * { DAILY: 1, WEEKLY: 7, MONTHLY: 31, YEARLY: 366 }[freq]
}

const wholeSet = (times: Iterable<number>, budget: Budget): number[] => {
  const set: number[] = []
  for (const time of times) {
    budget.spend(1)
    if (set.push(time) <= maxSetSize) continue
    throw new RecurrenceError(
      'BYSETPOS',
      `chooses among more than ${maxSetSize} times; name fewer hours, minutes or seconds`,
    )
  }
  return set
}

const positions = (set: number[], wanted: number[]): number[] =>
  [...new Set(wanted.map((position) => set.at(position > 0 ? position - 1 : position)))]
    .filter((time) => time !== undefined)
    .toSorted((a, b) => a - b)
