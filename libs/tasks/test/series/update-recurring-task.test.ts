import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { SeriesRow } from '@taskflow/database'
import { type RecurringTaskPatch, recurringTaskPatchInput } from '../../src/input/recurring-task-input.ts'
import type { NewestTask } from '../../src/series/next-date.ts'
import { patchedSeries, patchOfOpenTasks } from '../../src/series/update-recurring-task.ts'
import { aSeries, dueAt } from '../records.ts'

const now = '2026-01-05T12:00:00Z'
const onSchedule = aSeries({
  mode: 'on_schedule',
  next_occurrence: '2026-01-06T09:00:00Z',
  announce_at: '2026-01-06T09:00:00Z',
  last_occurrence: 5,
})
const newest: NewestTask = {
  ...dueAt('2026-01-05T09:00:00Z'),
  occurrence: 5,
  is_completed: false,
  deleted_at: null,
}
const change = (before: SeriesRow, patch: object, task: NewestTask | undefined = newest) =>
  patchedSeries(before, recurringTaskPatchInput.parse(patch), task, now)

suite('the next date after a change of a recurring task', () => {
  const cases: Record<string, [Partial<SeriesRow>, object, next: string | null]> = {
    'content: as before': [{}, { title: 'Rent' }, '2026-01-06T09:00:00Z'],
    'the same rule: as before, even if it has passed': [
      { next_occurrence: '2026-01-05T09:00:00Z' },
      { rule: 'daily' },
      '2026-01-05T09:00:00Z',
    ],
    'another rule: its first date after now': [{}, { rule: 'FREQ=WEEKLY;BYDAY=FR' }, '2026-01-09T09:00:00Z'],
    'a pattern is a rule too': [{}, { pattern: 'weekly' }, '2026-01-08T09:00:00Z'],
    'another interval': [{}, { interval: 3 }, '2026-01-07T09:00:00Z'],
    'another start': [{}, { start_date: '2026-01-01T18:00:00' }, '2026-01-05T18:00:00Z'],
    'another time zone: the same wall clock there': [{}, { time_zone: 'America/New_York' }, '2026-01-05T14:00:00Z'],
    'a start as an instant is on the clock of the new time zone': [
      {},
      { start_date: '2026-01-01T14:00:00Z', time_zone: 'Asia/Tokyo' },
      '2026-01-05T14:00:00Z',
    ],
    'skipped dates stay skipped': [{ skipped: ['2026-01-07T09:00:00'] }, { interval: 3 }, '2026-01-10T09:00:00Z'],
    'to on completion: none is fixed': [{}, { recurrence_mode: 'on_completion' }, null],
    'from on completion to on schedule': [
      { mode: 'on_completion', next_occurrence: null, announce_at: null },
      { recurrence_mode: 'on_schedule' },
      '2026-01-06T09:00:00Z',
    ],
    'while it is paused: none': [{ is_active: false, next_occurrence: null }, { pattern: 'weekly' }, null],
    'a rule that has ended: none': [{}, { rule: 'FREQ=DAILY;COUNT=2' }, null],
  }
  for (const [name, [series, patch, next]] of Object.entries(cases))
    test(name, () => assert.equal(change(aSeries({ ...onSchedule, ...series }), patch).next_occurrence, next))

  test('another rule: not before the last date that has a task', () => {
    const ahead = { ...newest, due_date: '2026-01-20T09:00:00Z' }
    assert.equal(change(onSchedule, { pattern: 'weekly' }, ahead).next_occurrence, '2026-01-22T09:00:00Z')
  })

  test('other reminders: the same date, made in time for the first of them', () => {
    const after = change(onSchedule, { reminders: [{ type: '1_hour_before' }] })
    assert.deepEqual([after.next_occurrence, after.announce_at], ['2026-01-06T09:00:00Z', '2026-01-06T07:59:00Z'])
  })
})

test('numbers go on after the highest that the series or a task has', () => {
  const numbered = (occurrence: number) =>
    change(onSchedule, { pattern: 'weekly' }, { ...newest, occurrence }).last_occurrence
  assert.deepEqual([numbered(7), numbered(2)], [7, 5])
  assert.equal(change(onSchedule, { pattern: 'weekly' }, undefined).last_occurrence, 5)
})

test('what a patch does not name stays', () => {
  const before = aSeries({ description: 'by bank', tags: ['home'], category: 'money' })
  assert.deepEqual(change(before, { title: 'Rent', category: null }), { ...before, title: 'Rent', category: null })
})

suite('what the open tasks get of a patch', () => {
  const after = aSeries({ rule: 'weekly', time_zone: 'Asia/Tokyo' })
  const schedule = {
    time_zone: 'Asia/Tokyo',
    reminder_time: '09:00',
    recurrence_rule: 'weekly',
    recurrence_interval: 1,
    recurrence_mode: 'on_completion',
    recurrence_anchor: 'due_date',
    recurrence_catch_up: 'skip',
  }
  const patch: RecurringTaskPatch = { title: 'Rent', reminders: [{ type: '1_hour_before' }], rule: 'weekly' }
  const given = (scope: 'following' | 'all') =>
    Object.fromEntries(Object.entries(patchOfOpenTasks(after, patch, scope)).filter(([, value]) => value !== undefined))

  test('following: the schedule only', () => assert.deepEqual(given('following'), schedule))
  test('all: the content and the reminders too', () =>
    assert.deepEqual(given('all'), { ...schedule, title: 'Rent', reminders: [{ type: '1_hour_before' }] }))
})
