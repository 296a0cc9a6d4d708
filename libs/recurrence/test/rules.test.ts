import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  checkRule,
  describeSchedule,
  nextOccurrence,
  noteOnFirst,
  occurrences,
  RecurrenceError,
  type Schedule,
} from '@taskflow/recurrence'

const schedule = (rule: string, start: string, time_zone = 'UTC', interval = 1): Schedule => ({
  rule,
  interval,
  start,
  time_zone,
})
const locals = (given: Schedule, count: number) => occurrences(given, { count }).map(({ local }) => local.slice(0, 10))
const instants = (given: Schedule, count: number) => occurrences(given, { count }).map(({ instant }) => instant)

test('rules that violate RFC 5545 are refused with the part named', () => {
  const refused: [string, string][] = [
    ['', 'RRULE'],
    ['sometimes', 'RRULE'],
    ['FREQ=', 'RRULE'],
    ['FREQ=DAILY;', 'RRULE'],
    ['FREQ=DAILY;;COUNT=1', 'RRULE'],
    ['FREQ=FORTNIGHTLY', 'FREQ'],
    ['COUNT=3', 'FREQ'],
    ['FREQ=DAILY;FREQ=DAILY', 'FREQ'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20310101T000000Z', 'COUNT'],
    ['FREQ=DAILY;COUNT=0', 'COUNT'],
    ['FREQ=DAILY;COUNT=1.5', 'COUNT'],
    ['FREQ=DAILY;COUNT=100000', 'COUNT'],
    ['FREQ=DAILY;INTERVAL=-1', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=1.5', 'INTERVAL'],
    ['FREQ=DAILY;INTERVAL=abc', 'INTERVAL'],
    ['FREQ=DAILY;UNTIL=tomorrow', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=20310230T000000Z', 'UNTIL'],
    ['FREQ=DAILY;BYEASTER=1', 'BYEASTER'],
    ['FREQ=DAILY;COLOUR=RED', 'COLOUR'],
    ['FREQ=DAILY;BYHOUR=24', 'BYHOUR'],
    ['FREQ=DAILY;BYMINUTE=60', 'BYMINUTE'],
    ['FREQ=DAILY;BYHOUR=1,1', 'BYHOUR'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYMONTHDAY=32', 'BYMONTHDAY'],
    ['FREQ=YEARLY;BYMONTH=13', 'BYMONTH'],
    ['FREQ=YEARLY;BYMONTH=-1', 'BYMONTH'],
    ['FREQ=YEARLY;BYWEEKNO=54', 'BYWEEKNO'],
    ['FREQ=WEEKLY;BYDAY=XX', 'BYDAY'],
    ['FREQ=WEEKLY;BYDAY=1MO', 'BYDAY'],
    ['FREQ=MONTHLY;BYDAY=0MO', 'BYDAY'],
    ['FREQ=WEEKLY;WKST=1', 'WKST'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS'],
    ['DTSTART;TZID=Mars/Olympus:20260101T090000\nRRULE:FREQ=DAILY', 'TZID'],
    ['DTSTART:20261301T090000\nRRULE:FREQ=DAILY', 'DTSTART'],
    ['DTSTART:20260230T090000\nRRULE:FREQ=DAILY', 'DTSTART'],
    ['EXRULE:FREQ=DAILY', 'EXRULE'],
  ]
  for (const [rule, part] of refused) {
    assert.throws(
      () => checkRule(rule),
      (error) => error instanceof RecurrenceError && error.part === part,
      `${rule} must be refused for ${part}`,
    )
  }
})

test('monthly on the 31st falls on the last day of shorter months, without drifting; BYMONTHDAY=31 skips them', () => {
  const start = '2026-01-31T09:00:00'
  assert.deepEqual(locals(schedule('monthly', start), 4), ['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30'])
  assert.deepEqual(locals(schedule('monthly', '2028-01-30T09:00:00'), 3), ['2028-01-30', '2028-02-29', '2028-03-30'])
  assert.deepEqual(locals(schedule('FREQ=MONTHLY;BYMONTHDAY=31', start), 3), ['2026-01-31', '2026-03-31', '2026-05-31'])
  assert.deepEqual(locals(schedule('yearly', '2028-02-29T09:00:00'), 3), ['2028-02-29', '2029-02-28', '2030-02-28'])
})

test('short forms take an interval', () => {
  assert.deepEqual(locals(schedule('weekly', '2026-01-01T09:00:00', 'UTC', 2), 3), [
    '2026-01-01',
    '2026-01-15',
    '2026-01-29',
  ])
  assert.deepEqual(locals(schedule('daily', '2026-01-01T09:00:00', 'UTC', 10), 2), ['2026-01-01', '2026-01-11'])
})

test('wall-clock time is kept across clock changes: shifted forward in a gap, the earlier of two', () => {
  const berlin = (start: string) => schedule('daily', start, 'Europe/Berlin')
  assert.deepEqual(instants(berlin('2026-03-28T09:00:00'), 2), ['2026-03-28T08:00:00Z', '2026-03-29T07:00:00Z'])
  assert.deepEqual(instants(berlin('2026-03-28T02:30:00'), 3), [
    '2026-03-28T01:30:00Z',
    '2026-03-29T01:30:00Z',
    '2026-03-30T00:30:00Z',
  ])
  assert.deepEqual(instants(berlin('2026-10-24T02:30:00'), 2), ['2026-10-24T00:30:00Z', '2026-10-25T00:30:00Z'])
})

test('the next occurrence is strictly after the instant, also in a gap and in zones that skipped a day', () => {
  const at = (given: Schedule, after: string) => nextOccurrence(given, after)?.instant
  const daily = schedule('daily', '2026-03-28T02:30:00', 'Europe/Berlin')
  assert.equal(at(daily, '2026-03-29T01:00:00Z'), '2026-03-29T01:30:00Z')
  assert.equal(at(daily, '2026-03-29T01:30:00Z'), '2026-03-30T00:30:00Z')
  const apia = schedule('daily', '2011-12-28T09:00:00', 'Pacific/Apia')
  assert.equal(at(apia, '2011-12-29T20:00:00Z'), '2011-12-30T19:00:00Z')
})

test('UNTIL in UTC is compared in local time; a date includes the whole day', () => {
  const newYork = (until: string) => schedule(`FREQ=DAILY;UNTIL=${until}`, '2026-01-01T21:00:00', 'America/New_York')
  assert.equal(occurrences(newYork('20260103T020000Z'), { count: 9 }).length, 2)
  assert.equal(occurrences(newYork('20260103T015959Z'), { count: 9 }).length, 1)
  assert.equal(occurrences(newYork('20260102'), { count: 9 }).length, 2)
})

test('RDATE adds, EXDATE removes, COUNT includes removed dates', () => {
  const rule =
    'DTSTART:20260101T090000\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20260102T090000\nRDATE:20260110T090000,20260103T090000'
  assert.deepEqual(locals(schedule(rule, '2000-01-01T00:00:00'), 9), [
    '2026-01-01',
    '2026-01-03',
    '2026-01-04',
    '2026-01-10',
  ])
})

test('a rule that never matches gives an empty list', () => {
  for (const rule of [
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=HOURLY;INTERVAL=2;BYHOUR=1',
    'FREQ=SECONDLY;INTERVAL=60;BYSECOND=30',
  ]) {
    assert.deepEqual(occurrences(schedule(rule, '2026-01-01T00:00:00'), { count: 1 }), [], rule)
  }
})

test('weeks without a weekday have that of the start', () => {
  const dates = (rule: string, start: string) =>
    occurrences(schedule(rule, `${start}T09:00:00`), { count: 4 }).map(({ local }) => local.slice(0, 10))
  const rows: [rule: string, start: string, dates: string[]][] = [
    // 2 September 1997 is a Tuesday.
    ['FREQ=YEARLY;BYWEEKNO=20', '1997-09-02', ['1998-05-12', '1999-05-18', '2000-05-16', '2001-05-15']],
    ['FREQ=MONTHLY;BYWEEKNO=20', '1997-09-02', ['1998-05-12', '1999-05-18', '2000-05-16', '2001-05-15']],
    ['FREQ=WEEKLY;BYWEEKNO=20', '1997-09-02', ['1998-05-12', '1999-05-18', '2000-05-16', '2001-05-15']],
    ['FREQ=YEARLY;BYWEEKNO=20,21', '1997-09-02', ['1998-05-12', '1998-05-19', '1999-05-18', '1999-05-25']],
    // Week 1 of 2020 begins in December 2019: its Monday is in the year before.
    ['FREQ=YEARLY;BYWEEKNO=1', '2018-01-01', ['2018-01-01', '2018-12-31', '2019-12-30', '2021-01-04']],
    ['FREQ=YEARLY;BYWEEKNO=-1', '2018-12-28', ['2018-12-28', '2019-12-27', '2021-01-01', '2021-12-31']],
    ['FREQ=YEARLY;BYWEEKNO=53', '2015-12-31', ['2015-12-31', '2020-12-31', '2026-12-31', '2032-12-30']],
    ['FREQ=YEARLY;BYWEEKNO=20;WKST=SU', '2017-05-14', ['2017-05-14', '2018-05-13', '2019-05-12', '2020-05-10']],
    ['FREQ=YEARLY;BYWEEKNO=20;BYMONTH=5', '1997-09-02', ['1998-05-12', '1999-05-18', '2000-05-16', '2001-05-15']],
    // What names days does so itself.
    ['FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO', '1997-09-02', ['1998-05-11', '1999-05-17', '2000-05-15', '2001-05-14']],
    ['FREQ=YEARLY;BYWEEKNO=20;BYMONTHDAY=15', '1997-09-02', ['1998-05-15', '2000-05-15', '2001-05-15', '2002-05-15']],
    ['FREQ=DAILY;BYWEEKNO=20', '1997-09-02', ['1998-05-11', '1998-05-12', '1998-05-13', '1998-05-14']],
    ['FREQ=YEARLY;BYWEEKNO=20;BYSETPOS=1', '1997-09-02', ['1998-05-12', '1999-05-18', '2000-05-16', '2001-05-15']],
  ]
  for (const [rule, start, expected] of rows) assert.deepEqual([rule, dates(rule, start)], [rule, expected])
  assert.equal(
    describeSchedule(schedule('FREQ=YEARLY;BYWEEKNO=20', '1997-09-02T09:00:00', 'UTC')),
    'every year on Tuesday in week 20 at 09:00, UTC',
  )
})

test('a schedule is described in a sentence', () => {
  const say = (rule: string, start = '2026-01-31T09:00:00') => describeSchedule(schedule(rule, start, 'Europe/Berlin'))
  assert.equal(say('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'), 'every weekday at 09:00, Europe/Berlin')
  assert.equal(say('monthly'), 'every month on day 31, on the last day of shorter months at 09:00, Europe/Berlin')
  assert.equal(
    say('FREQ=MONTHLY;BYMONTHDAY=31'),
    'every month on day 31 (months without it are skipped) at 09:00, Europe/Berlin',
  )
  assert.equal(say('FREQ=MONTHLY;BYMONTHDAY=-1'), 'every month on the last day at 09:00, Europe/Berlin')
  assert.equal(
    say('FREQ=MONTHLY;BYMONTHDAY=15,-1,-2'),
    'every month on day 15, the 2nd day from the end, the last day at 09:00, Europe/Berlin',
  )
  assert.equal(
    say('FREQ=MONTHLY;INTERVAL=2;BYDAY=-1FR;COUNT=3'),
    'every 2 months on last Friday at 09:00, 3 times, Europe/Berlin',
  )
  const ofDays = (rule: string) =>
    describeSchedule(schedule(rule, '2026-01-31T00:00:00', 'Europe/Berlin'), { isAllDay: true })
  assert.equal(ofDays('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR'), 'every weekday')
  assert.equal(ofDays('FREQ=DAILY;COUNT=3'), 'every day, 3 times')
})

test('a first date that its rule does not produce is said', () => {
  const note = (rule: string, start: string, options = {}) => {
    const first = Temporal.PlainDateTime.from(start).toZonedDateTime('Europe/Berlin').toInstant().toString()
    return noteOnFirst(schedule(rule, start, 'Europe/Berlin'), first, options)
  }
  assert.equal(
    note('FREQ=WEEKLY;BYDAY=MO', '2026-12-02T09:00:00'),
    'Wednesday, 2 December 2026 at 09:00 is none of the dates of the rule; the first of them is Monday, 7 December 2026 at 09:00.',
  )
  assert.equal(
    note('FREQ=WEEKLY;BYDAY=MO', '2026-12-02T00:00:00', { isAllDay: true }),
    'Wednesday, 2 December 2026 is none of the dates of the rule; the first of them is Monday, 7 December 2026.',
  )
  assert.match(
    note('FREQ=WEEKLY;BYDAY=MO;UNTIL=20261203', '2026-12-02T09:00:00') ?? '',
    /is none of the dates of the rule; no date of it follows\.$/,
  )
  for (const [rule, start] of [
    ['FREQ=WEEKLY;BYDAY=MO', '2026-12-07T09:00:00'],
    ['weekly', '2026-12-02T09:00:00'],
    ['monthly', '2026-01-31T09:00:00'],
    ['FREQ=HOURLY;INTERVAL=5', '2026-12-02T09:07:00'],
    ['FREQ=DAILY;COUNT=1', '2026-12-02T09:00:00'],
    // The clock goes forward and back.
    ['daily', '2026-03-29T02:30:00'],
    ['daily', '2026-10-25T02:30:00'],
  ] as const)
    assert.equal(note(rule, start), undefined, `${rule} ${start}`)
  assert.equal(
    noteOnFirst(schedule('daily', '2026-10-25T02:30:00', 'Europe/Berlin'), '2026-10-25T01:30:00Z'),
    undefined,
  )
  assert.equal(noteOnFirst(schedule('daily', '2026-12-02T09:00:00', 'UTC'), '2026-12-02T09:00:00.123Z'), undefined)
})
