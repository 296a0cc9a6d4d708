import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkAgainstRrule, occurrences, RecurrenceError, type Schedule } from '@taskflow/recurrence'
import fc from '@taskflow/test-kit/fast-check'
import { startBudget } from '../src/budget.ts'
import { secondsPerDay } from '../src/calendar.ts'
import { generate } from '../src/generate.ts'
import { parseSchedule } from '../src/schedule.ts'
import { isCheapForRrule } from '../src/second-opinion.ts'

const schedule = (rule: string, start = '2026-01-30T09:30:00'): Schedule => ({
  rule,
  interval: 1,
  start,
  time_zone: 'Europe/Berlin',
})
const isCompared = (given: Schedule): boolean => {
  const { rules, start } = parseSchedule(given)
  return rules.every((rule) => isCheapForRrule(rule, start))
}

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']
const list = (name: string, lowest: number, highest: number) =>
  fc.option(
    fc
      .uniqueArray(fc.integer({ min: lowest, max: highest }), { minLength: 1, maxLength: 4 })
      .map((values) => values.filter((value) => value !== 0))
      .map((values) => `;${name}=${values.join() || 1}`),
    { nil: '', freq: 2 },
  )
const byDay = fc
  .tuple(fc.constantFrom('', '', '1', '4', '-1', '5'), fc.uniqueArray(fc.constantFrom(...weekdays), { minLength: 1 }))
  .map(([nth, days]) => `;BYDAY=${days.map((day) => nth + day).join()}`)
const anySchedule = fc
  .tuple(
    fc.constantFrom('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'),
    fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 2_000 })).map((value) => `;INTERVAL=${value}`),
    fc.option(byDay, { nil: '' }),
    list('BYMONTH', 1, 12),
    list('BYMONTHDAY', -31, 31),
    list('BYHOUR', 1, 23),
    list('BYMINUTE', 1, 59),
    fc.constantFrom('', '', ';BYSETPOS=1', ';BYSETPOS=-1', ';BYSETPOS=1,-1'),
    fc.constantFrom('', ';WKST=SU', ';WKST=TH'),
    fc.constantFrom('', ';COUNT=3', ';UNTIL=20270101', ';UNTIL=20290704T073000Z'),
  )
  .chain(([freq, ...parts]) =>
    fc.record({
      rule: fc.oneof(
        { weight: 9, arbitrary: fc.constant(`FREQ=${freq}${parts.join('')}`) },
        { weight: 1, arbitrary: fc.constantFrom('daily', 'weekly', 'monthly', 'yearly') },
      ),
      interval: fc.integer({ min: 1, max: 3 }),
      start: fc
        .integer({ min: 0, max: 3_000 })
        .map((day) => new Date(Date.UTC(2024, 0, 1 + day, 9, 30)).toISOString().slice(0, 19)),
      time_zone: fc.constant('America/New_York'),
    }),
  )
  .filter((given) => {
    try {
      return isCompared(given)
    } catch {
      return false // refused by the grammar
    }
  })

test('every kind of rule that is compared gives the same dates as rrule.js', () => {
  fc.assert(
    fc.property(anySchedule, (given) => checkAgainstRrule(given)),
    { numRuns: 1_000, seed: 5545 },
  )
})

test('compared rules are cheap for rrule.js: ten dates within 70 days, 160 weeks, 120 months or 10 years', () => {
  const days = { DAILY: 70, WEEKLY: 160 * 7, MONTHLY: 120 * 31, YEARLY: 10 * 366 }
  fc.assert(
    fc.property(anySchedule, (given) => {
      const { rules, start } = parseSchedule(given)
      const rule = { ...rules[0]!, count: undefined }
      const dates = generate(rule, start, { from: start, until: Number.POSITIVE_INFINITY }, startBudget())
        .take(10)
        .toArray()
      // A rule with a large interval may reach the year 9999 first, where rrule.js ends too.
      const last = dates.length === 10 ? dates[9]! : start
      const limit = days[rule.freq as keyof typeof days] * rule.interval
      assert.ok((last - start) / secondsPerDay <= limit, rule.text)
    }),
    { numRuns: 1_000, seed: 5545 },
  )
})

test('a generator that gets a date wrong, misses one or does not end is detected', () => {
  const wrong: Record<string, Parameters<typeof checkAgainstRrule>[1]> = {
    'a day late': (...given) => generate(...given).map((time) => time + secondsPerDay),
    'one left out': (...given) => generate(...given).filter((_, index) => index !== 7),
    'one too many': function* (...given) {
      yield given[1] - secondsPerDay
      yield* generate(...given)
    },
    nothing: () => [].values(),
  }
  for (const rule of [
    'daily',
    'monthly',
    'FREQ=WEEKLY;BYDAY=MO,TH',
    'FREQ=MONTHLY;BYDAY=-1FR;COUNT=9',
    'FREQ=YEARLY',
  ]) {
    checkAgainstRrule(schedule(rule))
    for (const [name, generator] of Object.entries(wrong))
      assert.throws(
        () => checkAgainstRrule(schedule(rule), generator),
        (error) => error instanceof RecurrenceError && error.part === 'RRULE',
        `${rule}: ${name}`,
      )
  }
})

test('rules that are expensive for rrule.js never reach it', () => {
  for (const rule of [
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;INTERVAL=7;BYDAY=MO',
    'FREQ=WEEKLY;BYMONTHDAY=31',
    'FREQ=WEEKLY;INTERVAL=52;BYMONTH=7',
    'FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=31',
    'FREQ=MONTHLY;INTERVAL=2',
    'FREQ=MONTHLY;INTERVAL=12;BYMONTH=3',
    'FREQ=MONTHLY;BYDAY=53MO',
    'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13',
    'FREQ=MONTHLY;BYDAY=MO,1TU',
    'FREQ=YEARLY;BYYEARDAY=366',
    'FREQ=YEARLY;BYWEEKNO=53',
    'FREQ=YEARLY;BYDAY=53MO',
    'FREQ=DAILY;INTERVAL=10000000',
    'FREQ=HOURLY;INTERVAL=2;BYHOUR=1',
    'FREQ=MINUTELY;BYHOUR=1',
    'FREQ=SECONDLY;INTERVAL=60;BYSECOND=30',
    `FREQ=DAILY;BYMINUTE=${Array.from({ length: 60 }, (_, minute) => minute).join()}`,
  ]) {
    assert.equal(isCompared(schedule(rule)), false, rule)
    checkAgainstRrule(schedule(rule))
  }
  assert.equal(isCompared(schedule('daily', '0001-01-01T00:00:00')), false)
  assert.equal(isCompared(schedule('FREQ=YEARLY', '2028-02-29T09:00:00')), false)
})

test('several rules are compared one by one; RDATE and EXDATE make no difference', () => {
  const rule =
    'DTSTART:20260101T090000\nRRULE:FREQ=DAILY;COUNT=4\nRRULE:FREQ=HOURLY\nEXDATE:20260102T090000\nRDATE:20260110T090000'
  checkAgainstRrule(schedule(rule))
  assert.equal(occurrences(schedule(rule), { count: 2 }).length, 2)
})
