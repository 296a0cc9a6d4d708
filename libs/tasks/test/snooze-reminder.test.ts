import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Snooze, snoozing } from '../src/snooze-reminder.ts'
import { aReminder, aTask } from './records.ts'
import { assertRefused } from './refused.ts'

const now = '2026-03-28T19:00:00Z'
const reminder = aReminder()
const other = aReminder({ id: 'other', state: 'sent' })
const task = aTask({ time_zone: 'Europe/Berlin', reminders: [reminder, other] })

suite('snoozing a reminder', () => {
  const cases: Record<string, [Snooze, at: string]> = {
    'for a while, in real time': [{ for: 'PT10M' }, '2026-03-28T19:10:00Z'],
    'for 24 hours, across a DST change': [{ for: 'PT24H' }, '2026-03-29T19:00:00Z'],
    'for a day of the calendar, across a DST change': [{ for: 'P1D' }, '2026-03-29T18:00:00Z'],
    'for less than a millisecond: rounded': [{ for: 'PT0.0006S' }, '2026-03-28T19:00:00.001Z'],
    'until an instant': [{ until: '2026-03-28T19:00:00.001Z' }, '2026-03-28T19:00:00.001Z'],
  }
  for (const [name, [snooze, at]] of Object.entries(cases))
    test(name, () => {
      const expected = { reminders: [{ ...reminder, at, state: 'pending' }, other] }
      for (const state of ['pending', 'sent', 'failed', 'dismissed', 'cancelled'] as const) {
        const reminders = [{ ...reminder, state }, other]
        assert.deepEqual(snoozing({ ...task, reminders }, reminder.id, snooze, now), expected, state)
      }
    })
})

suite('snoozing is refused', () => {
  test('for a reminder that the task does not have, completed or not', () => {
    for (const is_completed of [false, true])
      assertRefused(() => snoozing({ ...task, is_completed }, 'unknown', { for: 'PT1H' }, now), 404)
  })

  test('when the task is completed', () => {
    assertRefused(() => snoozing({ ...task, is_completed: true }, reminder.id, { for: 'PT1H' }, now), 409)
  })

  test('until a time that is not in the future', () => {
    for (const until of [now, '2026-03-28T18:00:00Z'])
      assertRefused(() => snoozing(task, reminder.id, { until }, now), 422, 'until')
  })
})
