import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import {
  dateAfterTask,
  lastDate,
  missingOccurrence,
  type NewestTask,
  occurrenceAfter,
} from '../../src/series/next-date.ts'
import { aRecurringTask, aSeries, dueAt } from '../records.ts'

/** Given a series and a task that was due, when it is completed at `now`, then the next date. */
interface Case {
  series: Partial<SeriesRow>
  /** An instant, or a day. */
  due: string | null
  occurrence?: number
  /** When the task was completed; by default just now. null: it is skipped. */
  completed?: string | null
  now: string
  next: string | null
}

const dates = (cases: Record<string, Case>) => {
  for (const [name, { series, due, completed, occurrence, now, next }] of Object.entries(cases))
    test(name, () => {
      const isDay = due !== null && due.length === 10
      const task = {
        ...dueAt(isDay ? null : due, series.time_zone),
        due_on: isDay ? due : null,
        completed_at: completed === undefined ? now : completed,
        occurrence: occurrence ?? 1,
      }
      assert.equal(dateAfterTask(aSeries(series), task, now), next)
    })
}

const day = (date: string) => `${date}T00:00:00Z`
const monthlyOn31 = { rule: 'monthly', start_date: '2026-01-31T09:00:00' }
const inBerlin = { time_zone: 'Europe/Berlin' }

suite('the date after a task', () => {
  dates({
    'monthly on 31 January: 28 February': {
      series: monthlyOn31,
      due: '2026-01-31T09:00:00Z',
      now: '2026-01-31T10:00:00Z',
      next: '2026-02-28T09:00:00Z',
    },
    'monthly on 31 January, in a leap year: 29 February': {
      series: { ...monthlyOn31, start_date: '2028-01-31T09:00:00' },
      due: '2028-01-31T09:00:00Z',
      now: '2028-01-31T10:00:00Z',
      next: '2028-02-29T09:00:00Z',
    },
    'the last day of the month does not drift: 31 March after 28 February': {
      series: monthlyOn31,
      due: '2026-02-28T09:00:00Z',
      now: '2026-02-28T10:00:00Z',
      next: '2026-03-31T09:00:00Z',
    },
    'BYMONTHDAY=31 skips shorter months': {
      series: { rule: 'FREQ=MONTHLY;BYMONTHDAY=31', start_date: '2026-01-31T09:00:00' },
      due: '2026-01-31T09:00:00Z',
      now: '2026-01-31T10:00:00Z',
      next: '2026-03-31T09:00:00Z',
    },
    'a task that was completed early: the date after its due date, not after the completion': {
      series: {},
      due: '2026-01-05T09:00:00Z',
      now: '2026-01-03T12:00:00Z',
      next: '2026-01-06T09:00:00Z',
    },
    'a task whose date was moved: the date after the moved one': {
      series: { rule: 'weekly' },
      due: '2026-01-10T09:00:00Z',
      now: '2026-01-10T09:30:00Z',
      next: '2026-01-15T09:00:00Z',
    },
    'a task without a due date: the date after its completion': {
      series: {},
      due: null,
      completed: '2026-01-03T12:00:00Z',
      now: '2026-01-03T12:00:00Z',
      next: '2026-01-04T09:00:00Z',
    },
    'a task without a due date, with catch_up all': {
      series: { recurrence_catch_up: 'all' },
      due: null,
      completed: '2026-01-03T12:00:00Z',
      now: '2026-01-10T12:00:00Z',
      next: '2026-01-04T09:00:00Z',
    },
    'a task without a due date that is skipped: the date after now': {
      series: { recurrence_catch_up: 'all' },
      due: null,
      completed: null,
      now: '2026-01-03T12:00:00Z',
      next: '2026-01-04T09:00:00Z',
    },
    'the wall clock is kept across a change to summer time': {
      series: { ...inBerlin, start_date: '2026-03-28T09:00:00' },
      due: '2026-03-28T08:00:00Z',
      now: '2026-03-28T12:00:00Z',
      next: '2026-03-29T07:00:00Z',
    },
    'a time in the DST gap is shifted forward: 02:30 is 03:30 that day': {
      series: { ...inBerlin, start_date: '2026-03-27T02:30:00' },
      due: '2026-03-28T01:30:00Z',
      now: '2026-03-28T02:00:00Z',
      next: '2026-03-29T01:30:00Z',
    },
    'and 02:30 again on the day after the gap': {
      series: { ...inBerlin, start_date: '2026-03-27T02:30:00' },
      due: '2026-03-29T01:30:00Z',
      now: '2026-03-29T02:00:00Z',
      next: '2026-03-30T00:30:00Z',
    },
    'of a time that comes twice the earlier counts': {
      series: { ...inBerlin, start_date: '2026-10-24T02:30:00' },
      due: '2026-10-24T00:30:00Z',
      now: '2026-10-24T01:00:00Z',
      next: '2026-10-25T00:30:00Z',
    },
    'an interval counts from the start': {
      series: { interval: 3 },
      due: '2026-01-04T09:00:00Z',
      now: '2026-01-04T10:00:00Z',
      next: '2026-01-07T09:00:00Z',
    },
    'COUNT ends the series': {
      series: { rule: 'FREQ=DAILY;COUNT=2' },
      due: '2026-01-02T09:00:00Z',
      now: '2026-01-02T10:00:00Z',
      next: null,
    },
    'UNTIL ends the series': {
      series: { rule: 'FREQ=DAILY;UNTIL=20260102T235959Z' },
      due: '2026-01-02T09:00:00Z',
      now: '2026-01-02T10:00:00Z',
      next: null,
    },
    'a skipped date is left out': {
      series: { skipped: ['2026-01-02T09:00:00', '2026-01-03T09:00:00'] },
      due: '2026-01-01T09:00:00Z',
      now: '2026-01-01T10:00:00Z',
      next: '2026-01-04T09:00:00Z',
    },
    'a series whose last dates are all skipped has ended': {
      series: { rule: 'FREQ=DAILY;COUNT=2', skipped: ['2026-01-02T09:00:00'] },
      due: '2026-01-01T09:00:00Z',
      now: '2026-01-01T10:00:00Z',
      next: null,
    },
  })
})

suite('missed dates', () => {
  const due = '2026-01-01T09:00:00Z'
  const now = '2026-01-10T12:00:00Z'
  dates({
    'catch_up skip: the first date in the future': { series: {}, due, now, next: '2026-01-11T09:00:00Z' },
    'catch_up all: one by one': {
      series: { recurrence_catch_up: 'all' },
      due,
      now,
      next: '2026-01-02T09:00:00Z',
    },
    'catch_up skip: a date that is now has passed': {
      series: {},
      due,
      now: '2026-01-10T09:00:00Z',
      next: '2026-01-11T09:00:00Z',
    },
    'catch_up skip: COUNT counts missed dates too, and ends the series': {
      series: { rule: 'FREQ=DAILY;COUNT=5' },
      due,
      now,
      next: null,
    },
    'catch_up skip is judged when the event is handled, not when the task was completed': {
      series: {},
      due,
      completed: '2026-01-01T10:00:00Z',
      now,
      next: '2026-01-11T09:00:00Z',
    },
  })
})

suite('anchor completed_at', () => {
  const everyThreeDays: Partial<SeriesRow> = { interval: 3, recurrence_anchor: 'completed_at' }
  dates({
    'counts from the day of completion, at the time of day of the schedule': {
      series: everyThreeDays,
      due: '2026-01-01T09:00:00Z',
      now: '2026-01-05T20:00:00Z',
      next: '2026-01-08T09:00:00Z',
    },
    'early in the morning too': {
      series: everyThreeDays,
      due: '2026-01-01T09:00:00Z',
      now: '2026-01-05T01:00:00Z',
      // The schedule starts on the day of completion, and 09:00 on that day is still to come.
      next: '2026-01-05T09:00:00Z',
    },
    'the day is that of the schedule’s time zone': {
      series: { ...everyThreeDays, time_zone: 'Asia/Tokyo' },
      due: '2026-01-01T00:00:00Z',
      now: '2026-01-05T20:00:00Z',
      next: '2026-01-06T00:00:00Z',
    },
    'a task that was completed before it was due': {
      series: everyThreeDays,
      due: '2026-01-20T09:00:00Z',
      now: '2026-01-05T20:00:00Z',
      next: '2026-01-08T09:00:00Z',
    },
    'catch_up skip leaves out dates that have passed since the completion': {
      series: everyThreeDays,
      due: '2026-01-01T09:00:00Z',
      completed: '2026-01-05T20:00:00Z',
      now: '2026-01-09T12:00:00Z',
      next: '2026-01-11T09:00:00Z',
    },
    'catch_up all does not': {
      series: { ...everyThreeDays, recurrence_catch_up: 'all' },
      due: '2026-01-01T09:00:00Z',
      completed: '2026-01-05T20:00:00Z',
      now: '2026-01-09T12:00:00Z',
      next: '2026-01-08T09:00:00Z',
    },
    'COUNT starts again with every completion: such a series does not end': {
      series: { ...everyThreeDays, rule: 'FREQ=DAILY;COUNT=2', interval: 1 },
      due: '2026-01-02T09:00:00Z',
      now: '2026-01-02T10:00:00Z',
      next: '2026-01-03T09:00:00Z',
    },
    'a task that is skipped counts from now': {
      series: everyThreeDays,
      due: '2026-01-01T09:00:00Z',
      completed: null,
      now: '2026-01-01T10:00:00Z',
      next: '2026-01-04T09:00:00Z',
    },
  })
})

suite('the date after a task of an all-day series', () => {
  const daily = { is_all_day: true, start_date: '2026-01-01T00:00:00' }
  const inKiritimati = { ...daily, time_zone: 'Pacific/Kiritimati' }
  dates({
    'done on its day: tomorrow': {
      series: daily,
      due: '2026-01-01',
      now: '2026-01-01T18:00:00Z',
      next: day('2026-01-02'),
    },
    'done the day before: the day after its own': {
      series: daily,
      due: '2026-01-02',
      now: '2026-01-01T18:00:00Z',
      next: day('2026-01-03'),
    },
    'done three days late: today, which is not over': {
      series: daily,
      due: '2026-01-01',
      now: '2026-01-04T18:00:00Z',
      next: day('2026-01-04'),
    },
    'one by one with the policy all': {
      series: { ...daily, recurrence_catch_up: 'all' },
      due: '2026-01-01',
      now: '2026-01-04T18:00:00Z',
      next: day('2026-01-02'),
    },
    'today is the day of its own zone': {
      series: inKiritimati,
      due: '2026-01-01',
      now: '2026-01-03T11:00:00Z',
      next: '2026-01-03T10:00:00Z',
    },
    'counted from the day of completion': {
      series: { ...daily, rule: 'FREQ=DAILY;INTERVAL=3', recurrence_anchor: 'completed_at' },
      due: '2026-01-01',
      now: '2026-01-05T18:00:00Z',
      next: day('2026-01-08'),
    },
  })
})

suite('counted from completion', () => {
  const fromCompletion = { recurrence_anchor: 'completed_at' as const }
  dates({
    'hours are counted from the moment': {
      series: { ...fromCompletion, rule: 'FREQ=HOURLY;INTERVAL=4' },
      due: '2026-01-01T09:00:00Z',
      now: '2026-01-01T10:17:23Z',
      next: '2026-01-01T14:17:23Z',
    },
    'so are minutes': {
      series: { ...fromCompletion, rule: 'FREQ=MINUTELY;INTERVAL=90' },
      due: '2026-01-01T09:00:00Z',
      now: '2026-01-01T10:17:23Z',
      next: '2026-01-01T11:47:23Z',
    },
    'COUNT counts the tasks': {
      series: { ...fromCompletion, rule: 'FREQ=DAILY;COUNT=3' },
      due: '2026-01-02T09:00:00Z',
      occurrence: 2,
      now: '2026-01-02T10:00:00Z',
      next: '2026-01-03T09:00:00Z',
    },
    'the last of them ends the series': {
      series: { ...fromCompletion, rule: 'FREQ=DAILY;COUNT=3' },
      due: '2026-01-03T09:00:00Z',
      occurrence: 3,
      now: '2026-01-03T10:00:00Z',
      next: null,
    },
    'and begins with the task that the schedule starts with': {
      series: { ...fromCompletion, rule: 'FREQ=DAILY;COUNT=3', first_occurrence: 3 },
      due: '2026-01-03T09:00:00Z',
      occurrence: 3,
      now: '2026-01-03T10:00:00Z',
      next: '2026-01-04T09:00:00Z',
    },
  })
})

suite('what follows a completed task', () => {
  const now = '2026-01-01T10:00:00Z'
  const completed: Partial<Task> = { is_completed: true, completed_at: now }
  const cases: Record<string, [Partial<SeriesRow>, Partial<Task>, ReturnType<typeof occurrenceAfter>]> = {
    'the next occurrence at the next date': [{}, {}, { occurrence: 2, date: '2026-01-02T09:00:00Z' }],
    'the number after the task’s own, whatever the series has reached': [
      { last_occurrence: 9 },
      { occurrence: 4 },
      { occurrence: 5, date: '2026-01-02T09:00:00Z' },
    ],
    'nothing while the series is paused': [{ is_active: false }, {}, undefined],
    'nothing on schedule: tasks are made when their dates come': [{ mode: 'on_schedule' }, {}, undefined],
    'nothing after the last date': [{ rule: 'FREQ=DAILY;COUNT=1' }, {}, undefined],
    'nothing for a task without a place in the series': [{}, { occurrence: null }, undefined],
  }
  for (const [name, [series, task, expected]] of Object.entries(cases))
    test(name, () =>
      assert.deepEqual(occurrenceAfter(aSeries(series), aRecurringTask({ ...completed, ...task }), now), expected),
    )
})

const newest = (fields: Partial<NewestTask>): NewestTask => ({
  ...dueAt('2026-01-05T09:00:00Z'),
  occurrence: 3,
  is_completed: false,
  deleted_at: null,
  ...fields,
})

suite('the instant after which no date has a task', () => {
  const now = '2026-01-05T08:00:00Z'
  const cases: Record<string, [NewestTask | undefined, string]> = {
    'just before now, so that a date that is now is still to come': [undefined, '2026-01-05T07:59:59.999Z'],
    'the date of the newest task, when it is in the future': [newest({}), '2026-01-05T09:00:00Z'],
    'just before now, when the newest task’s date has passed': [
      newest({ due_date: '2026-01-04T09:00:00Z' }),
      '2026-01-05T07:59:59.999Z',
    ],
    'just before now, when the newest task has no date': [newest({ due_date: null }), '2026-01-05T07:59:59.999Z'],
  }
  for (const [name, [task, expected]] of Object.entries(cases))
    test(name, () => assert.equal(lastDate(aSeries(), task, now), expected))
})

suite('the open task that a series lacks', () => {
  const now = '2026-01-05T08:00:00Z'
  const cases: Record<string, [Partial<SeriesRow>, NewestTask | undefined, ReturnType<typeof missingOccurrence>]> = {
    'the first, at the first date to come': [{}, undefined, { occurrence: 1, date: '2026-01-05T09:00:00Z' }],
    'the first, at a date that is now': [
      { start_date: '2026-01-01T08:00:00' },
      undefined,
      { occurrence: 1, date: now },
    ],
    'the next, when the newest task is completed': [
      {},
      newest({ is_completed: true }),
      { occurrence: 4, date: '2026-01-06T09:00:00Z' },
    ],
    'the next, when the newest task is deleted': [
      {},
      newest({ deleted_at: now }),
      { occurrence: 4, date: '2026-01-06T09:00:00Z' },
    ],
    'none, when the newest task is open': [{}, newest({}), undefined],
    'none, when it is paused': [{ is_active: false }, undefined, undefined],
    'none on schedule': [{ mode: 'on_schedule' }, undefined, undefined],
    'none, when it has ended': [{ rule: 'FREQ=DAILY;COUNT=2' }, undefined, undefined],
  }
  for (const [name, [series, task, expected]] of Object.entries(cases))
    test(name, () => assert.deepEqual(missingOccurrence(aSeries(series), task, now), expected))
})
