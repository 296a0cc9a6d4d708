import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reminderTime } from '../../src/reminders/reminder-time.ts'
import { dueAt } from '../records.ts'

const at = (type: 'before' | 'after', offset: string, due: string, time_zone = 'UTC') =>
  reminderTime({ type, offset, at: null }, dueAt(due, time_zone))

test('hours are real time, days are days of the calendar in the task’s zone', () => {
  // Europe/Berlin went to summer time on 2026-03-29 at 02:00.
  const due = '2026-03-29T08:00:00Z'
  assert.equal(at('before', 'PT24H', due, 'Europe/Berlin'), '2026-03-28T08:00:00Z')
  assert.equal(at('before', 'P1D', due, 'Europe/Berlin'), '2026-03-28T09:00:00Z')
  assert.equal(at('after', 'PT30M', due), '2026-03-29T08:30:00Z')
  assert.equal(at('before', 'P1M', '2026-03-31T08:00:00Z'), '2026-02-28T08:00:00Z')
})

test('without a due date a relative reminder has no time, an absolute one keeps its own', () => {
  assert.equal(reminderTime({ type: 'before', offset: 'PT1H', at: null }, dueAt(null)), null)
  assert.equal(
    reminderTime({ type: 'at', offset: null, at: '2026-01-01T00:00:00Z' }, dueAt(null)),
    '2026-01-01T00:00:00Z',
  )
})

test('of a task that is due on a day it is counted from the reminder time on that day', () => {
  const due = { due_date: null, due_on: '2026-03-29', reminder_time: '07:30', time_zone: 'Europe/Berlin' }
  const at = (type: 'before' | 'after', offset: string) => reminderTime({ type, offset, at: null }, due)
  assert.equal(at('before', 'PT1H'), '2026-03-29T04:30:00Z')
  assert.equal(at('before', 'P1D'), '2026-03-28T06:30:00Z', 'on the clock of the day before')
  assert.equal(at('after', 'PT30M'), '2026-03-29T06:00:00Z')
})
