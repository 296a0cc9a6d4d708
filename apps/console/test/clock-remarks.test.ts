import assert from 'node:assert/strict'
import { test } from 'node:test'
import { occurrences } from '@taskflow/recurrence'
import { remarkOnClocks } from '../src/recurring/clock-remarks.ts'

const remarks = (start: string, time_zone: string, rule = 'daily') =>
  remarkOnClocks(
    occurrences({ rule, interval: 1, start, time_zone }, { count: 3 }).map(({ local, instant: utc }) => ({
      local,
      utc,
    })),
    time_zone,
    start.slice(11, 16),
  )

test('a skipped local time is remarked on', () => {
  assert.deepEqual(remarks('2027-03-27T02:30:00', 'Europe/Berlin'), [
    { date: '2027-03-28', text: 'The clocks go forward and leave out 02:30: due at 03:30.' },
  ])
})

test('a repeated local time is remarked on, also where clocks shift by half an hour', () => {
  const [berlin] = remarks('2026-10-24T02:30:00', 'Europe/Berlin')
  assert.deepEqual(berlin, {
    date: '2026-10-25',
    text: 'The clocks go back and 02:30 comes twice: the first one counts.',
  })
  const [lordHowe] = remarks('2026-04-04T01:45:00', 'Australia/Lord_Howe')
  assert.deepEqual(lordHowe, {
    date: '2026-04-05',
    text: 'The clocks go back and 01:45 comes twice: the first one counts.',
  })
})

test('a time kept across a clock change is remarked on; without a change nothing is', () => {
  assert.deepEqual(remarks('2026-10-24T09:00:00', 'Europe/Berlin'), [
    { date: '2026-10-25', text: 'The clocks have gone back since the last one; it stays 09:00.' },
  ])
  assert.deepEqual(remarks('2026-06-01T09:00:00', 'Europe/Berlin'), [])
  assert.deepEqual(remarks('2026-10-24T02:30:00', 'UTC'), [])
})
