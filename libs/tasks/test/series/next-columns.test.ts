import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SeriesRow } from '@taskflow/database'
import { nextColumns, noNext } from '../../src/series/next-columns.ts'
import { aSeries } from '../records.ts'

/** When the task of the next date is made (announced). */
const cases: Record<string, [Partial<SeriesRow>, next: string | null, announce_at: string | null]> = {
  'without reminders: at the date': [{}, '2026-01-02T09:00:00Z', '2026-01-02T09:00:00Z'],
  'with a reminder before the due date: a minute before the reminder': [
    { reminders: [{ type: '24_hours_before' }] },
    '2026-01-02T09:00:00Z',
    '2026-01-01T08:59:00Z',
  ],
  'with several reminders: a minute before the first': [
    { reminders: [{ type: '1_hour_before' }, { type: 'before', offset: 'P2D' }, { type: 'before', offset: 'PT10M' }] },
    '2026-01-05T09:00:00Z',
    '2026-01-03T08:59:00Z',
  ],
  'with a reminder after the due date: at the date': [
    { reminders: [{ type: 'after', offset: 'PT1H' }] },
    '2026-01-02T09:00:00Z',
    '2026-01-02T09:00:00Z',
  ],
  'a reminder a day before keeps its hour across a DST change': [
    { reminders: [{ type: 'before', offset: 'P1D' }], time_zone: 'Europe/Berlin' },
    '2026-03-29T07:00:00Z',
    '2026-03-28T07:59:00Z',
  ],
  'ended: never': [{}, null, null],
  'on completion: never': [{ mode: 'on_completion' }, '2026-01-02T09:00:00Z', null],
  'paused: never': [{ is_active: false }, '2026-01-02T09:00:00Z', null],
}
for (const [name, [series, next, announce_at]] of Object.entries(cases))
  test(name, () => {
    const columns = nextColumns(aSeries({ mode: 'on_schedule', ...series }), next)
    assert.deepEqual(columns, announce_at === null ? noNext : { next_occurrence: next, announce_at })
  })
