import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Activity, mergeActivities } from '../src/tasks/activity.ts'

const activity = (event_id: string, time: string): Activity => ({ event_id, type: 'task.updated', time, data: {} })
const created = activity('1', '2030-01-01T09:00:00Z')
const changed = activity('2', '2030-01-01T09:01:00.5Z')
const completed = activity('3', '2030-01-01T09:01:00.75Z')

test('a live event is shown before the audit log has it, and once when it does', () => {
  assert.deepEqual(mergeActivities([changed, created], [completed]), [completed, changed, created])
  assert.deepEqual(mergeActivities([completed, changed, created], [completed]), [completed, changed, created])
})

test('events are listed newest first, and the oldest are dropped', () => {
  const many = Array.from({ length: 50 }, (_, index) => activity(`a${index}`, '2030-01-01T08:00:00Z'))
  const shown = mergeActivities(many, [created, completed])
  assert.deepEqual([shown.length, shown[0], shown[1]], [50, completed, created])
})
