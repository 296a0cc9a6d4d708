import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { SeriesRow } from '@taskflow/database'
import { restored } from '../src/restore-task.ts'
import { aRecurringTask, aReminder, aSeries } from './records.ts'

const now = '2026-01-01T08:30:00Z'

test('a restored task is the next version; reminders whose time has passed do not fire', () => {
  const task = aRecurringTask({ version: 2, reminders: [aReminder(), aReminder({ at: '2026-01-01T09:00:00Z' })] })
  assert.deepEqual(restored(task, aSeries(), now), {
    ...task,
    reminders: [aReminder({ state: 'cancelled' }), aReminder({ at: '2026-01-01T09:00:00Z' })],
    version: 3,
    updated_at: now,
  })
})

suite('whether it still recurs', () => {
  const cases: Record<string, [SeriesRow | undefined, string | null]> = {
    'yes, with its series': [aSeries(), 'daily'],
    'yes, with a paused series': [aSeries({ is_active: false }), 'daily'],
    'no, when its series is deleted': [aSeries({ deleted_at: now }), null],
    'no, when its series is gone': [undefined, null],
  }
  for (const [name, [series, rule]] of Object.entries(cases))
    test(name, () => assert.equal(restored(aRecurringTask(), series, now).recurrence_rule, rule))
})
