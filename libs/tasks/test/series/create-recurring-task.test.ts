import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { newRecurringTaskInput } from '../../src/input/recurring-task-input.ts'
import { newSeries } from '../../src/series/create-recurring-task.ts'
import { user_id } from '../records.ts'
import { assertRefused } from '../refused.ts'

const now = '2026-02-10T08:00:00Z'
const create = (fields: object) => {
  const input = newRecurringTaskInput.parse({ title: 'Pay rent', start_date: '2026-01-31T09:00:00', ...fields })
  return newSeries({ user_id, time_zone: 'Europe/Berlin' }, input, now)
}

suite('the first date of a new recurring task', () => {
  const cases: Record<string, [object, start: string, next: string | null]> = {
    'on schedule: the first that has not passed, monthly on the 31st': [
      { pattern: 'monthly' },
      '2026-01-31T09:00:00',
      '2026-02-28T08:00:00Z',
    ],
    'a date that is now is still to come': [
      { pattern: 'daily', start_date: '2026-02-10T09:00:00' },
      '2026-02-10T09:00:00',
      '2026-02-10T08:00:00Z',
    ],
    'the start itself, when it is to come': [
      { pattern: 'daily', start_date: '2026-07-01T09:00:00' },
      '2026-07-01T09:00:00',
      '2026-07-01T07:00:00Z',
    ],
    'in the time zone that is given': [
      { pattern: 'daily', time_zone: 'Asia/Tokyo' },
      '2026-01-31T09:00:00',
      '2026-02-11T00:00:00Z',
    ],
    'an instant as start becomes local time': [
      { pattern: 'daily', start_date: '2026-07-01T07:00:00Z' },
      '2026-07-01T09:00:00',
      '2026-07-01T07:00:00Z',
    ],
    'DTSTART of the rule, without a start': [
      { rule: 'DTSTART:20260305T090000\nRRULE:FREQ=WEEKLY', start_date: undefined },
      '2000-01-01T00:00:00',
      '2026-03-05T08:00:00Z',
    ],
    'on completion none is fixed': [
      { pattern: 'daily', recurrence_mode: 'on_completion' },
      '2026-01-31T09:00:00',
      null,
    ],
    'none while it is paused': [{ pattern: 'daily', is_active: false }, '2026-01-31T09:00:00', null],
    'none when all have passed': [{ rule: 'FREQ=DAILY;COUNT=2' }, '2026-01-31T09:00:00', null],
  }
  for (const [name, [fields, start_date, next_occurrence]] of Object.entries(cases))
    test(name, () => {
      const series = create(fields)
      assert.deepEqual([series.start_date, series.next_occurrence], [start_date, next_occurrence])
    })
})

test('no task of it has a number yet, and its reminders decide when the first is made', () => {
  const series = create({ pattern: 'monthly', reminders: [{ type: 'before', offset: 'P2D' }] })
  assert.deepEqual([series.last_occurrence, series.announce_at], [0, '2026-02-26T07:59:00Z'])
})

test('a rule that cannot be expanded is refused in either mode', () => {
  const all = (count: number) => [...Array(count).keys()].join()
  const rule = `FREQ=YEARLY;BYSETPOS=1;BYSECOND=${all(60)};BYMINUTE=${all(60)};BYHOUR=${all(24)}`
  for (const recurrence_mode of ['on_schedule', 'on_completion'])
    assertRefused(() => create({ rule, recurrence_mode }), 422, 'rule')
})
