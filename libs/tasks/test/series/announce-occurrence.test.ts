import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SeriesRow } from '@taskflow/database'
import { dateAfterAnnounced } from '../../src/series/announce-occurrence.ts'
import { aSeries } from '../records.ts'

/** Given a series on schedule whose next date is announced at `now`, then the date after it. */
const announced = '2026-01-02T09:00:00Z'
const all = { recurrence_catch_up: 'all' } as const
const cases: Record<string, [Partial<SeriesRow>, now: string, next: string | null]> = {
  'on time: the following date': [{}, announced, '2026-01-03T09:00:00Z'],
  'early, for a reminder: the following date': [{}, '2026-01-01T08:59:00Z', '2026-01-03T09:00:00Z'],
  'late, but no further date was missed: the following date': [{}, '2026-01-03T08:00:00Z', '2026-01-03T09:00:00Z'],
  'catch_up skip, after missed dates: the first in the future': [{}, '2026-01-08T12:00:00Z', '2026-01-09T09:00:00Z'],
  'catch_up skip, when a following date is now: the one after it': [{}, '2026-01-03T09:00:00Z', '2026-01-04T09:00:00Z'],
  'catch_up all, after missed dates: the following date': [all, '2026-01-08T12:00:00Z', '2026-01-03T09:00:00Z'],
  'catch_up all, fifty missed less a moment: the following date': [all, '2026-02-21T08:59:59Z', '2026-01-03T09:00:00Z'],
  'catch_up all, fifty missed: the first in the future': [all, '2026-02-21T09:00:00Z', '2026-02-22T09:00:00Z'],
  'catch_up all, fewer dates left than fifty: the following date': [
    { ...all, rule: 'FREQ=DAILY;COUNT=10' },
    '2027-01-01T00:00:00Z',
    '2026-01-03T09:00:00Z',
  ],
  'skipped dates do not count as missed': [
    { skipped: ['2026-01-03T09:00:00'] },
    '2026-01-03T12:00:00Z',
    '2026-01-04T09:00:00Z',
  ],
  'COUNT ended: none': [{ rule: 'FREQ=DAILY;COUNT=2' }, announced, null],
  'COUNT ended among the missed dates: none': [{ rule: 'FREQ=DAILY;COUNT=5' }, '2026-02-01T00:00:00Z', null],
}
for (const [name, [series, now, next]] of Object.entries(cases))
  test(name, () => {
    const row = aSeries({ mode: 'on_schedule', next_occurrence: announced, announce_at: announced, ...series })
    assert.equal(dateAfterAnnounced(row, now), next)
  })
