import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Task } from '@taskflow/event-contracts'
import type { TaskPatch } from '../src/input/task-input.ts'
import { type ChangeScope, reachesSeries, reschedules } from '../src/update-task.ts'
import { aRecurringTask } from './records.ts'

suite('whether a patch reaches the series', () => {
  const due_date = '2026-01-02T09:00:00Z'
  const cases: Record<string, [TaskPatch, ChangeScope | undefined, boolean]> = {
    'a title does': [{ title: 'Rent' }, undefined, true],
    'a due date alone does not: it is moved for this task': [{ due_date }, undefined, false],
    'a due date together with a title does': [{ due_date, title: 'Rent' }, undefined, true],
    'a due date with the scope following does': [{ due_date }, 'following', true],
    'a due date with the scope all does': [{ due_date }, 'all', true],
    'nothing does with the scope this': [{ title: 'Rent', due_date, recurrence_rule: 'daily' }, 'this', false],
    'an empty patch does not': [{}, 'all', false],
  }
  for (const [name, [patch, scope, expected]] of Object.entries(cases))
    test(name, () => assert.equal(reachesSeries(patch, scope), expected))
})

suite('whether the dates of the series are counted again', () => {
  const moved = { due_date: '2026-01-02T09:00:00Z' }
  const cases: Record<string, [Partial<Task>, ChangeScope | undefined, boolean]> = {
    'not for content': [{ title: 'Rent', priority: 'high' }, undefined, false],
    'not for a moved date without a scope': [moved, undefined, false],
    'for a moved date with a scope': [moved, 'following', true],
    'for another rule': [{ recurrence_rule: 'weekly' }, undefined, true],
    'for another interval': [{ recurrence_interval: 2 }, undefined, true],
    'for another mode': [{ recurrence_mode: 'on_schedule' }, undefined, true],
    'for another anchor': [{ recurrence_anchor: 'completed_at' }, undefined, true],
    'for another catch-up': [{ recurrence_catch_up: 'all' }, undefined, true],
    'for another time zone': [{ time_zone: 'Asia/Tokyo' }, undefined, true],
  }
  for (const [name, [change, scope, expected]] of Object.entries(cases))
    test(name, () => {
      const before = aRecurringTask()
      assert.equal(reschedules(before, { ...before, ...change }, scope), expected)
    })
})
