import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { SeriesRow } from '@taskflow/database'
import { toRecurringTaskView, upcomingDates } from '../../src/series/recurring-task-view.ts'
import { aSeries } from '../records.ts'

const now = '2026-01-05T12:00:00Z'
const scheduled: Partial<SeriesRow> = { mode: 'on_schedule', next_occurrence: '2026-01-06T09:00:00Z' }

suite('the next date that a recurring task shows', () => {
  const cases: Record<string, [Partial<SeriesRow>, string | null]> = {
    'on schedule: the one that is announced': [scheduled, '2026-01-06T09:00:00Z'],
    'on schedule: it stays although it has just passed': [
      { ...scheduled, next_occurrence: '2026-01-05T09:00:00Z' },
      '2026-01-05T09:00:00Z',
    ],
    'on completion: the schedule’s next': [{}, '2026-01-06T09:00:00Z'],
    'paused: none': [{ is_active: false }, null],
    'ended: none': [{ rule: 'FREQ=DAILY;COUNT=2' }, null],
  }
  for (const [name, [series, next]] of Object.entries(cases))
    test(name, () => assert.equal(toRecurringTaskView(aSeries(series), now).next_occurrence, next))
})

test('its pattern is the rule when that is a short form', () => {
  const patternOf = (rule: string) => toRecurringTaskView(aSeries({ rule }), now).pattern
  assert.deepEqual([patternOf('weekly'), patternOf('FREQ=WEEKLY')], ['weekly', null])
})

suite('the dates that come next', () => {
  const cases: Record<string, [Partial<SeriesRow>, days: string[]]> = {
    'on schedule: from the one that is announced': [scheduled, ['06', '07', '08']],
    'on schedule: it is listed although it has just passed': [
      { ...scheduled, next_occurrence: '2026-01-05T09:00:00Z' },
      ['05', '06', '07'],
    ],
    'on completion: from now': [{}, ['06', '07', '08']],
    'without skipped ones': [{ skipped: ['2026-01-07T09:00:00'] }, ['06', '08', '09']],
    'however many later ones are skipped': [{ skipped: ['2026-01-20T09:00:00'] }, ['06', '07', '08']],
    'up to the end': [{ rule: 'FREQ=DAILY;COUNT=7' }, ['06', '07']],
    'none while it is paused': [{ is_active: false }, []],
  }
  for (const [name, [series, days]] of Object.entries(cases))
    test(name, () =>
      assert.deepEqual(
        upcomingDates(aSeries(series), now, 3).map(({ local }) => local.slice(8, 10)),
        days,
      ),
    )
})
