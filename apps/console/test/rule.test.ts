import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainRule, type RuleFields, readRule, weekdayInMonth, writeRule } from '../src/recurring/rule.ts'

const start = '2026-01-30T09:00:00'

test('fields become the shortest equivalent rule and survive the round trip', () => {
  const cases: [Partial<RuleFields>, string, number?][] = [
    [{ unit: 'daily', interval: 3 }, 'daily', 3],
    [{ unit: 'weekly' }, 'weekly'],
    [{ unit: 'weekly', interval: 2, days: ['TH', 'MO'] }, 'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH'],
    [{ unit: 'weekly', end: { kind: 'count', count: 5 } }, 'FREQ=WEEKLY;COUNT=5'],
    [{ unit: 'monthly' }, 'monthly'],
    [{ unit: 'monthly', monthly: 'last' }, 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    [{ unit: 'monthly', monthly: 'weekday' }, 'FREQ=MONTHLY;BYDAY=-1FR'],
    [{ unit: 'yearly', end: { kind: 'until', date: '2030-12-31' } }, 'FREQ=YEARLY;UNTIL=20301231T235959'],
  ]
  for (const [given, rule, interval = 1] of cases) {
    const fields = { ...plainRule, ...given }
    assert.deepEqual(writeRule(fields, start), { rule, interval })
    const days = plainRule.days.length === 0 && given.days ? ['MO', 'TH'] : fields.days
    assert.deepEqual(readRule(rule, interval, start), { ...fields, days }, rule)
  }
})

test('a rule that the fields cannot express is kept unchanged', () => {
  const rules = [
    'FREQ=HOURLY;INTERVAL=4',
    'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9,20',
    // Leaves out months without that day, which `monthly` does not.
    'FREQ=MONTHLY',
    'FREQ=MONTHLY;BYMONTHDAY=30',
    'FREQ=MONTHLY;BYDAY=2TU',
    'FREQ=WEEKLY;BYDAY=1MO',
    'FREQ=DAILY;UNTIL=20300101T090000Z',
    'DTSTART:20260101T090000\nRRULE:FREQ=DAILY',
  ]
  for (const rule of rules) {
    const fields = readRule(rule, 1, start)
    assert.equal(fields.custom, rule)
    assert.deepEqual(writeRule(fields, start), { rule, interval: 1 })
  }
})

test('a day that every month has is taken from the start date', () => {
  assert.equal(readRule('FREQ=MONTHLY;BYMONTHDAY=1', 1, '2026-02-01T09:00:00').custom, undefined)
  assert.equal(readRule('FREQ=MONTHLY;BYMONTHDAY=2', 1, '2026-02-01T09:00:00').custom, 'FREQ=MONTHLY;BYMONTHDAY=2')
})

test('weekdays are counted within their month; the fifth is the last', () => {
  assert.equal(weekdayInMonth('2026-11-03'), '1TU')
  assert.equal(weekdayInMonth('2026-11-28'), '4SA')
  assert.equal(weekdayInMonth('2026-11-30'), '-1MO')
})
