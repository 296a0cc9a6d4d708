import assert from 'node:assert/strict'
import { test } from 'node:test'
import { completion } from '../src/complete-task.ts'
import { aReminder, aTask } from './records.ts'

test('completing cancels pending reminders, whatever their time, and leaves the others', () => {
  const task = aTask({ reminders: [aReminder(), aReminder({ at: null }), aReminder({ state: 'sent' })] })
  assert.deepEqual(completion(task, '2026-01-01T10:00:00Z'), {
    is_completed: true,
    completed_at: '2026-01-01T10:00:00Z',
    reminders: [
      aReminder({ state: 'cancelled' }),
      aReminder({ at: null, state: 'cancelled' }),
      aReminder({ state: 'sent' }),
    ],
  })
})
