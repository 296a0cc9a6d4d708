import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changesBetween } from '../../src/task/record.ts'
import { aReminder, aTask } from '../records.ts'

test('changes are the fields that differ, before and after; version and updated_at are none', () => {
  const before = aTask({ tags: ['a'], reminders: [aReminder()] })
  const after = {
    ...before,
    tags: ['a', 'b'],
    reminders: [aReminder()],
    version: 2,
    updated_at: '2026-01-02T00:00:00Z',
  }
  assert.deepEqual(changesBetween(before, after), { tags: [['a'], ['a', 'b']] })
  assert.deepEqual(changesBetween(before, { ...before, version: 2 }), {})
})
