import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  checkLaterCost,
  checkRule,
  describeSchedule,
  occurrences,
  RecurrenceError,
  RuleTooExpensive,
  sharedBudget,
  withinBudget,
} from '@taskflow/recurrence'
import { withinCpuTime } from '@taskflow/test-kit'
import fc from '@taskflow/test-kit/fast-check'
import { anyRuleText } from './any-rule.ts'

const now = '2026-11-21T10:00:00Z'
const schedule = (rule: string) => ({ rule, interval: 1, start: '2000-01-01T00:00:00', time_zone: 'America/New_York' })
const lines = (count: number, line: string) => Array(count).fill(line).join('\n')

/** Everything a request does with a rule. A rule that is refused costs too. */
const use = (rule: string): void => {
  for (const step of [
    () => checkRule(rule),
    () => describeSchedule(schedule(rule)),
    () => occurrences(schedule(rule), { count: 10, after: now }),
  ]) {
    try {
      step()
    } catch (error) {
      assert.ok(error instanceof RecurrenceError, String(error))
    }
  }
}

const costsLittle = (rule: string) => withinCpuTime(50, () => use(rule), { attempts: 10, what: rule })

test('no rule of up to 2,000 characters costs more than 50 ms', async () => {
  await fc.assert(
    fc.asyncProperty(anyRuleText, async (rule) => {
      assert.ok(rule.length <= 2_000)
      await costsLittle(rule)
    }),
    { numRuns: 1_000, seed: 5545 },
  )
})

const seldom = (freq: string, interval: number) =>
  `RRULE:FREQ=${freq};INTERVAL=${interval};BYHOUR=1;BYMINUTE=59${freq === 'SECONDLY' ? ';BYSECOND=59' : ''};COUNT=10000`

for (const rule of [
  `DTSTART:19000101T000000\n${seldom('SECONDLY', 7)}`,
  `DTSTART:10000101T000000\n${seldom('SECONDLY', 59)}`,
  `DTSTART:05000101T000000\n${seldom('SECONDLY', 59)}`,
  `DTSTART:18000101T000000\n${lines(3, seldom('SECONDLY', 59))}`,
  `DTSTART:19000101T000000\n${lines(30, seldom('MINUTELY', 7))}`,
  `DTSTART:05000101T000000\n${lines(24, seldom('SECONDLY', 59))}`,
  `DTSTART:10000101T000000\n${seldom('SECONDLY', 59)}\nRRULE:FREQ=SECONDLY;INTERVAL=5`,
]) {
  test(`costs at most 50 ms: ${rule.length} characters, ${rule.slice(0, 75).replace('\n', ' ')}`, () =>
    costsLittle(rule))
}

test('a rule that costs too much is refused, the same everywhere, with what to do about it', () => {
  const rule = `DTSTART:19000101T000000\n${seldom('SECONDLY', 59)}`
  for (const _ of [1, 2])
    assert.throws(
      () => occurrences(schedule(rule), { count: 1, after: now }),
      (error) =>
        error instanceof RuleTooExpensive && error.part === 'RRULE' && /200000 steps.+UNTIL/.test(error.message),
    )
})

test('a rule with COUNT is refused when it would cost too much within ten years', () => {
  // It jumps over minutes for days until one of its seconds fits the interval, and each evaluation begins at the start.
  const rule = 'DTSTART:20261121T000000\nRRULE:FREQ=SECONDLY;INTERVAL=59;BYSECOND=59;BYHOUR=1,3,5,7,9,11;COUNT=10000'
  assert.equal(occurrences(schedule(rule), { count: 1, after: now }).length, 1)
  assert.throws(() => checkLaterCost(schedule(rule), now), RuleTooExpensive)
  for (const kept of ['FREQ=DAILY;COUNT=10000', 'FREQ=HOURLY;COUNT=10000', 'FREQ=YEARLY;COUNT=10000', 'monthly'])
    checkLaterCost(schedule(kept), now)
})

test('evaluations that share a budget are refused once it is used up, and it names the limit', () => {
  const rule = `DTSTART:20000101T000000\nRRULE:FREQ=DAILY;COUNT=9900`
  const budget = sharedBudget(30_000)
  const next = () => withinBudget(budget, () => occurrences(schedule(rule), { count: 1, after: now }))
  assert.equal(next().length, 1)
  assert.throws(next, /"recurrence steps of a request"/)
  assert.equal(occurrences(schedule(rule), { count: 1, after: now }).length, 1, 'others are not affected')
})

test('at most three RRULE lines and a start from 1900 on are saved; what was saved before is still expanded', () => {
  const four = lines(4, 'RRULE:FREQ=DAILY')
  const old = 'DTSTART:18991231T235959\nRRULE:FREQ=DAILY'
  assert.throws(() => checkRule(four), /at most 3 RRULE lines/)
  assert.throws(() => checkRule(old), { part: 'DTSTART', message: 'must be in 1900 or later' })
  for (const rule of [four, old]) assert.equal(occurrences(schedule(rule), { count: 1, after: now }).length, 1)
  for (const rule of [lines(3, 'RRULE:FREQ=DAILY'), 'DTSTART:19000101T000000\nRRULE:FREQ=DAILY']) checkRule(rule)
})
