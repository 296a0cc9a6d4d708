import rrule from 'rrule'
import { startBudget } from './budget.ts'
import { dateOf, secondsPerDay } from './calendar.ts'
import { generate } from './generate.ts'
import type { Rule, WeekdayNumber } from './parse-rule.ts'
import { RecurrenceError } from './recurrence-error.ts'
import { parseSchedule, type Schedule, untilOf } from './schedule.ts'

/** How many dates, from the start of the schedule, are compared. */
const compared = 10

type Generate = (...given: Parameters<typeof generate>) => IteratorObject<number>

/**
 * Works out the first dates of a schedule a second time, with rrule.js, for a rule that is about to be saved. Throws
 * RecurrenceError when the two disagree: better no rule than one whose dates are doubtful. Local times are compared,
 * time zones are not rrule's. Rules that could keep rrule busy are not compared. `generator` is for tests.
 */
export const checkAgainstRrule = (schedule: Schedule, generator: Generate = generate): void => {
  const { rules, start, time_zone } = parseSchedule(schedule)
  for (const rule of rules) {
    if (!isCheapForRrule(rule, start)) continue
    const until = untilOf(rule, time_zone)
    const ours = generator(rule, start, { from: Number.NEGATIVE_INFINITY, until }, startBudget())
      .take(compared)
      .toArray()
    const theirs = datesByRrule(rule, start, until)
    if (ours.join() === theirs.join()) continue
    throw new RecurrenceError('RRULE', 'has dates that two ways of counting do not agree on; write it another way')
  }
}

/**
 * Whether rrule.js surely finds dates soon. It has no limit of its own: a rule that matches nothing is walked through
 * to the year 9999 or, when it is hourly, for ever. Of what is let through, ten dates take 70 days, 160 weeks, 120
 * months or 10 years, each times the interval.
 */
export const isCheapForRrule = (rule: Rule, start: number): boolean => {
  const { freq, interval, byMonth, byDay, byMonthDay, byYearDay, byWeekNo, bySetPos } = rule
  const first = dateOf(Math.floor(start / secondsPerDay))
  if (first.year < 1900 || first.year > 2200 || interval > 1_000 || timesADay(rule) > 24) return false
  if (byYearDay || byWeekNo || (byDay && byMonthDay)) return false
  // With an interval, the months of the rule might never be met.
  if (byMonth && interval > 1 && freq !== 'YEARLY') return false
  // rrule.js wants a day to fit both the numbered weekdays and the others.
  if (new Set(byDay?.map(({ nth }) => nth === undefined)).size > 1) return false
  // Of two positions rrule.js gives a date that is both twice.
  if (bySetPos && (bySetPos.length > 1 || Math.abs(bySetPos[0]!) !== 1)) return false
  switch (freq) {
    case 'DAILY':
      return !byMonth && !byMonthDay && !bySetPos && (!byDay || interval % 7 !== 0)
    case 'WEEKLY':
      // Of the first week rrule.js takes the days from the start on, where RFC 5545 means the whole week.
      return !byMonthDay && !bySetPos
    case 'MONTHLY':
      // Every month has 28 days and four of each weekday; of two months in a row one has 31 days.
      if (byDay) return hasNth(byDay, 4)
      return hasDay(byMonthDay ?? [first.day]) || (interval === 1 && !byMonth)
    case 'YEARLY':
      if (byMonth) return byDay ? hasNth(byDay, 4) : hasDay(byMonthDay ?? [first.day])
      if (byDay) return hasNth(byDay, 52)
      return byMonthDay !== undefined || first.month !== 2 || first.day <= 28
    default:
      return false
  }
}

const hasNth = (byDay: WeekdayNumber[], last: number): boolean =>
  byDay.some(({ nth }) => nth === undefined || Math.abs(nth) <= last)

const hasDay = (days: number[]): boolean => days.some((day) => Math.abs(day) <= 28)

const timesADay = ({ byHour, byMinute, bySecond }: Rule): number =>
  (byHour?.length ?? 1) * (byMinute?.length ?? 1) * (bySecond?.length ?? 1)

const datesByRrule = (rule: Rule, start: number, until: number): number[] => {
  const options = rrule.RRule.parseString(rule.text)
  const { byHour, byMinute, bySecond, interval } = rule
  const dates = new rrule.RRule({
    ...options,
    // The interval of a short rule is given beside it, and lists of times are read in the order they are written in.
    interval,
    byhour: byHour ?? null,
    byminute: byMinute ?? null,
    bysecond: bySecond ?? null,
    dtstart: new Date(start * 1_000),
    until: until === Number.POSITIVE_INFINITY ? null : new Date(until * 1_000),
  }).all((_, index) => index < compared)
  return dates.map((date) => date.getTime() / 1_000)
}
