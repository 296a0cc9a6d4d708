import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import { skippingDate } from '../../src/series/skip-date.ts'
import { aRecurringTask, aSeries } from '../records.ts'
import { assertRefused } from '../refused.ts'

const now = '2026-01-01T08:00:00Z'
const next = '2026-01-02T09:00:00Z'
const scheduled = (fields: Partial<SeriesRow> = {}) =>
  aSeries({ mode: 'on_schedule', next_occurrence: next, announce_at: next, ...fields })
const open = (occurrence: number, due_date: string) => aRecurringTask({ occurrence, due_date })

interface Case {
  series: SeriesRow
  open?: Task[]
  date?: string
  skipped: string[]
  next: string | null
  /** The number of the open task that is skipped with the date. */
  task?: number
}

suite('skipping a date', () => {
  const cases: Record<string, Case> = {
    'on schedule the next one by default; the one after it is next': {
      series: scheduled(),
      skipped: ['2026-01-02T09:00:00'],
      next: '2026-01-03T09:00:00Z',
    },
    'a later one leaves the next as it is': {
      series: scheduled(),
      date: '2026-01-05T09:00:00Z',
      skipped: ['2026-01-05T09:00:00'],
      next,
    },
    'the next one, when the one after it is skipped already': {
      series: scheduled({ skipped: ['2026-01-03T09:00:00'] }),
      skipped: ['2026-01-03T09:00:00', '2026-01-02T09:00:00'],
      next: '2026-01-04T09:00:00Z',
    },
    'one that is skipped already changes nothing': {
      series: scheduled({ skipped: ['2026-01-03T09:00:00'] }),
      date: '2026-01-03T09:00:00Z',
      skipped: ['2026-01-03T09:00:00'],
      next,
    },
    'the last one ends the series': {
      series: scheduled({ rule: 'FREQ=DAILY;COUNT=2' }),
      skipped: ['2026-01-02T09:00:00'],
      next: null,
    },
    'is stored on the wall clock of its time zone': {
      series: scheduled({ time_zone: 'Europe/Berlin', next_occurrence: '2026-01-02T08:00:00Z' }),
      skipped: ['2026-01-02T09:00:00'],
      next: '2026-01-03T08:00:00Z',
    },
    'forgets skipped dates of days that have passed': {
      series: scheduled({ skipped: ['2025-12-31T09:00:00', '2026-01-01T07:00:00'] }),
      skipped: ['2026-01-01T07:00:00', '2026-01-02T09:00:00'],
      next: '2026-01-03T09:00:00Z',
    },
    'that is overdue, with a skipped one after it: that one stays skipped': {
      series: scheduled({
        next_occurrence: '2025-12-30T09:00:00Z',
        start_date: '2025-12-01T09:00:00',
        skipped: ['2025-12-31T09:00:00'],
      }),
      skipped: ['2025-12-30T09:00:00'],
      next: '2026-01-01T09:00:00Z',
    },
    'on completion the open task’s by default, and that task with it': {
      series: aSeries(),
      open: [open(2, '2026-01-05T09:00:00Z')],
      skipped: ['2026-01-05T09:00:00'],
      next: null,
      task: 2,
    },
    'of several open tasks the newest': {
      series: aSeries(),
      open: [open(3, '2026-01-06T09:00:00Z'), open(2, '2026-01-05T09:00:00Z')],
      skipped: ['2026-01-06T09:00:00'],
      next: null,
      task: 3,
    },
    'on schedule an open task of that date with it': {
      series: scheduled(),
      open: [open(1, '2026-01-01T09:00:00Z')],
      date: '2026-01-01T09:00:00Z',
      skipped: ['2026-01-01T09:00:00'],
      next,
      task: 1,
    },
    'of an open task that was moved skips the task only': {
      series: scheduled(),
      open: [open(1, '2026-01-01T17:00:00Z')],
      date: '2026-01-01T17:00:00Z',
      skipped: [],
      next,
      task: 1,
    },
  }
  for (const [name, { series, open = [], date, skipped, next, task }] of Object.entries(cases))
    test(name, () => {
      const { change, task: found } = skippingDate(series, open, date, now)
      assert.deepEqual([change.skipped, change.next_occurrence, found?.occurrence], [skipped, next, task])
    })
})

suite('skipping is refused', () => {
  const hundred = Array.from({ length: 100 }, (_, day) =>
    Temporal.PlainDateTime.from('2026-02-01T09:00:00').add({ days: day }).toString({ smallestUnit: 'second' }),
  )
  const cases: Record<string, [SeriesRow, Task[], string | undefined, status: number, path?: string]> = {
    'while it is paused': [scheduled({ is_active: false }), [], undefined, 409],
    'when no date is to come': [scheduled({ next_occurrence: null }), [], undefined, 409],
    'on completion without an open task and without a date': [aSeries(), [], undefined, 409],
    'for a time that is none of its dates': [scheduled(), [], '2026-01-02T10:00:00Z', 422, 'date'],
    'for a date after its end': [scheduled({ rule: 'FREQ=DAILY;COUNT=2' }), [], '2026-01-03T09:00:00Z', 422, 'date'],
    'for more than a hundred dates to come': [scheduled({ skipped: hundred }), [], undefined, 422, 'date'],
  }
  for (const [name, [series, tasks, date, status, path]] of Object.entries(cases))
    test(name, () => assertRefused(() => skippingDate(series, tasks, date, now), status, path))
})
