import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { SeriesRow } from '@taskflow/database'
import type { NewestTask } from '../../src/series/next-date.ts'
import { resumption } from '../../src/series/pause-recurring-task.ts'
import { aSeries, dueAt } from '../records.ts'
import { assertRefused } from '../refused.ts'

const now = '2026-02-01T12:00:00Z'
const paused = (fields: Partial<SeriesRow> = {}) => aSeries({ mode: 'on_schedule', is_active: false, ...fields })
const due = (due_date: string): NewestTask => ({
  ...dueAt(due_date),
  occurrence: 3,
  is_completed: false,
  deleted_at: null,
})

suite('resuming a paused series', () => {
  const cases: Record<string, [SeriesRow, NewestTask | undefined, next: string | null]> = {
    'leaves out the dates of the pause': [paused(), due('2026-01-03T09:00:00Z'), '2026-02-02T09:00:00Z'],
    'starts with the first date, when it has no task yet': [paused(), undefined, '2026-02-02T09:00:00Z'],
    'does not repeat a date that has a task': [paused(), due('2026-02-05T09:00:00Z'), '2026-02-06T09:00:00Z'],
    'leaves out skipped dates': [paused({ skipped: ['2026-02-02T09:00:00'] }), undefined, '2026-02-03T09:00:00Z'],
    'fixes no date on completion': [paused({ mode: 'on_completion' }), undefined, null],
  }
  for (const [name, [series, newest, next]] of Object.entries(cases))
    test(name, () =>
      assert.deepEqual(resumption(series, newest, now), {
        is_active: true,
        next_occurrence: next,
        announce_at: next,
      }),
    )

  test('is refused when the rule has no further date, in either mode', () => {
    for (const mode of ['on_schedule', 'on_completion'] as const)
      assertRefused(() => resumption(paused({ rule: 'FREQ=DAILY;COUNT=2', mode }), undefined, now), 409)
  })
})
