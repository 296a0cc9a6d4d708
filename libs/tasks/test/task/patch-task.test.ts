import assert from 'node:assert/strict'
import { test } from 'node:test'
import { patched } from '../../src/task/patch-task.ts'
import { aReminder, aTask, atInstant } from '../records.ts'

test('only what is given changes; null is given, undefined is not', () => {
  const task = aTask({ description: 'by bank', category: 'money', tags: ['home'] })
  assert.deepEqual(patched(task, { title: 'Rent', category: null, description: undefined }), {
    ...task,
    title: 'Rent',
    category: null,
  })
})

test('a moved due date moves the relative reminders, not those at an instant', () => {
  const fixed = atInstant('2026-01-01T07:00:00Z')
  const task = aTask({ reminders: [aReminder({ state: 'sent' }), fixed] })
  assert.deepEqual(patched(task, { due_date: '2026-01-02T09:00:00Z' }).reminders, [
    aReminder({ at: '2026-01-02T08:00:00Z' }),
    fixed,
  ])
})

test('reminders and due date changed at once: those that stay move, new ones are counted from the new date', () => {
  const task = aTask({ reminders: [aReminder({ state: 'sent' })] })
  const { reminders } = patched(task, {
    due_date: '2026-01-02T09:00:00Z',
    reminders: [{ type: '1_hour_before' }, { type: 'before', offset: 'PT10M' }],
  })
  assert.deepEqual(
    reminders.map(({ at, state }) => [at, state]),
    [
      ['2026-01-02T08:00:00Z', 'pending'],
      ['2026-01-02T08:50:00Z', 'pending'],
    ],
  )
  assert.equal(reminders[0]?.id, task.reminders[0]?.id)
})

test('an empty list removes all reminders', () => {
  assert.deepEqual(patched(aTask({ reminders: [aReminder()] }), { reminders: [] }).reminders, [])
})
