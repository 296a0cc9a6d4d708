import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { type Imported, newTask } from '../src/create-task.ts'
import { newTaskInput } from '../src/input/task-input.ts'
import { aTask, user_id } from './records.ts'

const now = '2026-01-01T08:30:00Z'
const create = (fields: object, imported?: Imported) =>
  newTask({ user_id, time_zone: 'Europe/Berlin' }, newTaskInput.parse({ title: 'Pay rent', ...fields }), now, imported)

test('a new task is open, with the defaults and its owner’s time zone', () => {
  const { id, ...task } = create({})
  const { id: _, ...expected } = aTask({
    due_date: null,
    time_zone: 'Europe/Berlin',
    created_at: now,
    updated_at: now,
  })
  assert.ok(id)
  assert.deepEqual(task, expected)
})

test('a time zone of its own counts, for its reminders too', () => {
  const due_date = '2026-03-29T15:00:00Z'
  const { time_zone, reminders } = create({
    due_date,
    time_zone: 'America/New_York',
    reminders: [{ type: 'before', offset: 'P1D' }],
  })
  assert.deepEqual([time_zone, reminders[0]?.at], ['America/New_York', '2026-03-28T15:00:00Z'])
})

suite('the reminders of a new task', () => {
  const fields = {
    due_date: '2026-01-01T09:00:00Z',
    reminders: [{ type: '1_hour_before' }, { type: 'before', offset: 'PT10M' }],
  }
  const states = (imported?: Imported) => create(fields, imported).reminders.map(({ state }) => state)
  const id = '0198c7a5-5f3e-7000-8000-000000000009'

  test('are pending, even when their time has passed: they fire at once', () =>
    assert.deepEqual(states(), ['pending', 'pending']))
  test('do not fire for an imported task when their time has passed', () =>
    assert.deepEqual(states({ id, completed_at: null }), ['cancelled', 'pending']))
  test('do not fire for an imported task that is completed', () =>
    assert.deepEqual(states({ id, completed_at: '2026-01-01T08:00:00Z' }), ['cancelled', 'cancelled']))
})

test('an imported task brings its id and its completion', () => {
  const imported = { id: '0198c7a5-5f3e-7000-8000-000000000009', completed_at: '2025-12-01T08:00:00Z' }
  const { id, is_completed, completed_at, created_at } = create({}, imported)
  assert.deepEqual({ id, is_completed, completed_at, created_at }, { ...imported, is_completed: true, created_at: now })
})
