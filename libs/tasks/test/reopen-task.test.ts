import assert from 'node:assert/strict'
import { test } from 'node:test'
import { reopening } from '../src/reopen-task.ts'
import { aReminder, aTask } from './records.ts'

test('reopening makes cancelled reminders that are still to come pending again', () => {
  const [passed, ahead] = ['2026-01-01T08:00:00Z', '2026-01-01T09:00:00Z']
  const reminders = [passed, ahead].map((at) => aReminder({ at, state: 'cancelled' }))
  const task = aTask({
    is_completed: true,
    completed_at: passed,
    reminders: [...reminders, aReminder({ state: 'sent' })],
  })
  assert.deepEqual(reopening(task, '2026-01-01T08:30:00Z'), {
    is_completed: false,
    completed_at: null,
    reminders: [
      aReminder({ at: passed, state: 'cancelled' }),
      aReminder({ at: ahead, state: 'pending' }),
      aReminder({ state: 'sent' }),
    ],
  })
})
