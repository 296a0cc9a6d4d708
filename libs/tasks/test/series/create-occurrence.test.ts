import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskOfOccurrence } from '../../src/series/create-occurrence.ts'
import { aSeries, aTask } from '../records.ts'

const now = '2026-01-02T08:30:00Z'
const next = { occurrence: 4, date: '2026-01-02T09:00:00Z' }

test('the task of an occurrence has the content and schedule of its series', () => {
  const content = { title: 'Water', description: 'all', priority: 'high' as const, tags: ['home'], category: 'chores' }
  const schedule = { interval: 2, time_zone: 'Europe/Berlin', recurrence_catch_up: 'all' as const }
  const series = aSeries({ ...content, ...schedule, rule: 'weekly' })
  const { id, ...task } = taskOfOccurrence(series, next, now)
  const { id: _, ...expected } = aTask({
    ...content,
    due_date: next.date,
    time_zone: 'Europe/Berlin',
    recurrence_rule: 'weekly',
    recurrence_interval: 2,
    recurrence_catch_up: 'all',
    series_id: series.id,
    occurrence: 4,
    created_at: now,
    updated_at: now,
  })
  assert.ok(id)
  assert.deepEqual(task, expected)
})

test('its reminders are those of the series; one whose time has passed does not fire', () => {
  const series = aSeries({
    reminders: [
      { type: '1_hour_before' },
      { type: 'before', offset: 'PT30M' },
      { type: 'before', offset: 'PT10M' },
      { type: 'after', offset: 'PT10M' },
    ],
  })
  assert.deepEqual(
    taskOfOccurrence(series, next, now).reminders.map(({ type, at, state }) => [type, at, state]),
    [
      ['1_hour_before', '2026-01-02T08:00:00Z', 'cancelled'],
      ['before', '2026-01-02T08:30:00Z', 'cancelled'],
      ['before', '2026-01-02T08:50:00Z', 'pending'],
      ['after', '2026-01-02T09:10:00Z', 'pending'],
    ],
  )
})

test('in an all-day series it is due on the day', () => {
  const series = aSeries({
    is_all_day: true,
    time_zone: 'Europe/Berlin',
    reminder_time: '08:00',
    reminders: [{ type: 'before', offset: 'PT1H' }],
  })
  const task = taskOfOccurrence(series, { occurrence: 4, date: '2026-01-02T23:00:00Z' }, now)
  assert.deepEqual([task.due_date, task.due_on, task.reminders[0]?.at], [null, '2026-01-03', '2026-01-03T06:00:00Z'])
})
