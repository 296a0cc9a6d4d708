import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Task } from '@taskflow/event-contracts'
import { scheduleFromTask, seriesFromTask } from '../../src/series/series-from-task.ts'
import { aRecurringTask } from '../records.ts'
import { assertRefused } from '../refused.ts'

const now = '2026-01-01T08:00:00Z'
const onSchedule = { recurrence_mode: 'on_schedule' } as const

suite('the schedule that starts with a task', () => {
  const series = { reminders: [], skipped: [], is_active: true }
  const cases: Record<string, [Partial<Task>, Partial<typeof series>, start: string, next: string | null]> = {
    'at its due date, on the clock of its time zone': [
      { due_date: '2026-01-31T08:00:00Z', time_zone: 'Europe/Berlin' },
      {},
      '2026-01-31T09:00:00',
      null,
    ],
    'now, when it has no due date': [{ due_date: null }, {}, '2026-01-01T08:00:00', null],
    'on schedule, the next date comes after the due date': [
      onSchedule,
      {},
      '2026-01-01T09:00:00',
      '2026-01-02T09:00:00Z',
    ],
    'on schedule without a due date, after now': [
      { ...onSchedule, due_date: null },
      {},
      '2026-01-01T08:00:00',
      '2026-01-02T08:00:00Z',
    ],
    'on schedule, a past due date gives a past next date: it is caught up when announced': [
      { ...onSchedule, due_date: '2025-12-01T09:00:00Z' },
      {},
      '2025-12-01T09:00:00',
      '2025-12-02T09:00:00Z',
    ],
    'skipped dates stay skipped': [
      onSchedule,
      { skipped: ['2026-01-02T09:00:00'] as never[] },
      '2026-01-01T09:00:00',
      '2026-01-03T09:00:00Z',
    ],
    'a paused series has no next date': [onSchedule, { is_active: false }, '2026-01-01T09:00:00', null],
    'a rule whose only date is the task’s own has no next date': [
      { ...onSchedule, recurrence_rule: 'FREQ=DAILY;COUNT=1' },
      {},
      '2026-01-01T09:00:00',
      null,
    ],
  }
  for (const [name, [task, given, start_date, next_occurrence]] of Object.entries(cases))
    test(name, () => {
      const schedule = scheduleFromTask(aRecurringTask(task), { ...series, ...given }, now)
      assert.deepEqual(
        [schedule.start_date, schedule.next_occurrence, schedule.announce_at],
        [start_date, next_occurrence, next_occurrence],
      )
    })

  test('a rule that cannot be expanded is refused in either mode, at the field it came in', () => {
    const all = (count: number) => [...Array(count).keys()].join()
    const recurrence_rule = `FREQ=YEARLY;BYSETPOS=1;BYSECOND=${all(60)};BYMINUTE=${all(60)};BYHOUR=${all(24)}`
    for (const mode of [{}, onSchedule]) {
      const task = aRecurringTask({ recurrence_rule, ...mode })
      assertRefused(() => scheduleFromTask(task, series, now), 422, 'recurrence_rule')
    }
  })
})

test('a series begins with the content of its first task, and with its relative reminders', () => {
  const content = { title: 'Water', description: 'all', priority: 'high' as const, tags: ['home'], category: 'chores' }
  const task = aRecurringTask({ ...content, ...onSchedule, recurrence_interval: 2, recurrence_anchor: 'completed_at' })
  const reminders = [
    { type: 'before' as const, offset: 'P1D' },
    { type: '1_hour_before' as const },
    { type: 'at' as const, at: '2026-01-01T08:30:00Z' },
  ]
  assert.deepEqual(seriesFromTask(task, reminders, now), {
    ...content,
    reminders: [{ type: 'before', offset: 'P1D' }, { type: '1_hour_before' }],
    rule: 'daily',
    interval: 2,
    mode: 'on_schedule',
    recurrence_anchor: 'completed_at',
    recurrence_catch_up: 'skip',
    start_date: '2026-01-01T09:00:00',
    time_zone: 'UTC',
    next_occurrence: '2026-01-03T09:00:00Z',
    announce_at: '2026-01-02T08:59:00Z',
    last_occurrence: 1,
    first_occurrence: 1,
    is_active: true,
    is_all_day: false,
    reminder_time: '09:00',
  })
})
