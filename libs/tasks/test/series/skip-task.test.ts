import assert from 'node:assert/strict'
import { test } from 'node:test'
import { skipping } from '../../src/series/skip-task.ts'
import { aRecurringTask, aReminder, aSeries, atInstant } from '../records.ts'
import { assertRefused } from '../refused.ts'

const now = '2026-01-01T08:30:00Z'

test('on completion the task moves to the next date, its relative reminders with it', () => {
  const fixed = atInstant('2026-01-01T07:00:00Z', { state: 'sent' })
  const task = aRecurringTask({ reminders: [aReminder({ state: 'sent' }), fixed] })
  assert.deepEqual(skipping(aSeries(), task, now), {
    due_date: '2026-01-02T09:00:00Z',
    due_on: null,
    reminders: [aReminder({ at: '2026-01-02T08:00:00Z', state: 'pending' }), fixed],
  })
})

test('an overdue task moves to the first date in the future', () => {
  const change = skipping(aSeries(), aRecurringTask(), '2026-01-10T12:00:00Z')
  assert.equal(change !== 'delete' && change.due_date, '2026-01-11T09:00:00Z')
})

test('with catch_up all it moves by one date', () => {
  const change = skipping(aSeries({ recurrence_catch_up: 'all' }), aRecurringTask(), '2026-01-10T12:00:00Z')
  assert.equal(change !== 'delete' && change.due_date, '2026-01-02T09:00:00Z')
})

test('on schedule, where the next one comes by itself, the task is deleted, the last one too', () => {
  assert.equal(skipping(aSeries({ mode: 'on_schedule' }), aRecurringTask(), now), 'delete')
  assert.equal(skipping(aSeries({ mode: 'on_schedule', rule: 'FREQ=DAILY;COUNT=1' }), aRecurringTask(), now), 'delete')
})

test('on completion the last date cannot be skipped', () => {
  assertRefused(() => skipping(aSeries({ rule: 'FREQ=DAILY;COUNT=1' }), aRecurringTask(), now), 409)
})
