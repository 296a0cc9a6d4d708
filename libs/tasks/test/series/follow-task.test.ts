import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { SeriesRow } from '@taskflow/database'
import type { Task } from '@taskflow/event-contracts'
import type { TaskPatch } from '../../src/input/task-input.ts'
import { followTask } from '../../src/series/follow-task.ts'
import { patched } from '../../src/task/patch-task.ts'
import { type ChangeScope, reschedules } from '../../src/update-task.ts'
import { aRecurringTask, aReminder, aSeries, aTask, atInstant } from '../records.ts'

const now = '2026-01-01T08:00:00Z'

interface Given {
  series?: SeriesRow
  task: Task
  patch: TaskPatch
  scope?: ChangeScope
  newestOccurrence?: number
}

/** What a patch of a task does to its series. */
const follow = ({ series, task, patch, scope, newestOccurrence }: Given) => {
  const wanted = patched(task, patch)
  const isRescheduled = reschedules(task, wanted, scope)
  return followTask(series, { before: task, wanted, patch }, { reschedules: isRescheduled, newestOccurrence }, now)
}

/** The named fields of the change of the series. */
const changed = (given: Given, ...fields: (keyof SeriesRow)[]) => {
  const step = follow(given)
  assert.equal(step.kind, 'change')
  const change: Partial<SeriesRow> = step.kind === 'change' ? step.change : {}
  return fields.map((field) => change[field])
}

suite('a task without a series', () => {
  test('stays so without a rule', () => {
    assert.deepEqual(follow({ task: aTask(), patch: { title: 'Rent' } }), { kind: 'none' })
  })

  test('begins a series with its first rule, from its own date, with its own reminders', () => {
    const reminders = [aReminder(), aReminder({ type: 'before', offset: 'P1D' }), atInstant('2026-01-01T07:00:00Z')]
    const step = follow({ task: aTask({ reminders }), patch: { recurrence_rule: 'weekly', title: 'Rent' } })
    assert.equal(step.kind, 'begin')
    const { title, rule, start_date, reminders: kept } = step.kind === 'begin' ? step.columns : assert.fail()
    assert.deepEqual(
      { title, rule, start_date, kept },
      {
        title: 'Rent',
        rule: 'weekly',
        start_date: '2026-01-01T09:00:00',
        kept: [{ type: '1_hour_before' }, { type: 'before', offset: 'P1D' }],
      },
    )
  })

  test('begins it with the reminders of the patch, when it names some', () => {
    const patch: TaskPatch = { recurrence_rule: 'weekly', reminders: [{ type: '24_hours_before' }] }
    const step = follow({ task: aTask({ reminders: [aReminder()] }), patch })
    assert.deepEqual(step.kind === 'begin' && step.columns.reminders, [{ type: '24_hours_before' }])
  })

  test('begins a series of its own when the old one is deleted and the rule is new', () => {
    const series = aSeries({ deleted_at: now, is_active: false })
    const task = aRecurringTask({ recurrence_rule: null })
    assert.equal(follow({ series, task, patch: { recurrence_rule: 'daily' } }).kind, 'begin')
    assert.equal(follow({ series, task: aRecurringTask(), patch: { title: 'Rent' } }).kind, 'none')
  })
})

suite('a rule that is taken away', () => {
  test('ends the series', () => {
    const step = follow({ series: aSeries(), task: aRecurringTask(), patch: { recurrence_rule: null } })
    assert.deepEqual(step, {
      kind: 'change',
      change: { is_active: false, next_occurrence: null, announce_at: null },
    })
  })

  test('leaves an ended series alone when the task did not recur any more', () => {
    const task = aRecurringTask({ recurrence_rule: null })
    const series = aSeries({ is_active: false })
    assert.deepEqual(follow({ series, task, patch: { title: 'Rent' } }), { kind: 'none' })
  })

  test('and given back goes on with the series, counted from the task', () => {
    const task = aRecurringTask({ recurrence_rule: null, due_date: '2026-01-10T09:00:00Z' })
    const given = { series: aSeries({ is_active: false }), task, patch: { recurrence_rule: 'weekly' } }
    assert.deepEqual(changed(given, 'is_active', 'rule', 'start_date'), [true, 'weekly', '2026-01-10T09:00:00'])
  })
})

suite('content', () => {
  test('that the patch names reaches the series, nothing else of the task does', () => {
    const task = aRecurringTask({ title: 'Only this one', priority: 'low' })
    const step = follow({ series: aSeries(), task, patch: { description: 'by bank', tags: ['home'], category: null } })
    assert.deepEqual(step.kind === 'change' && step.change, {
      description: 'by bank',
      tags: ['home'],
      category: null,
      reminders: [],
      is_active: true,
      next_occurrence: null,
      announce_at: null,
    })
  })

  test('reminders reach it without those at a fixed instant, and move the announcement on schedule', () => {
    const series = aSeries({ mode: 'on_schedule', next_occurrence: '2026-01-02T09:00:00Z' })
    const task = aRecurringTask({ recurrence_mode: 'on_schedule' })
    const patch: TaskPatch = { reminders: [{ type: '24_hours_before' }, { type: 'at', at: '2026-01-01T08:30:00Z' }] }
    assert.deepEqual(changed({ series, task, patch }, 'reminders', 'next_occurrence', 'announce_at', 'start_date'), [
      [{ type: '24_hours_before' }],
      '2026-01-02T09:00:00Z',
      '2026-01-01T08:59:00Z',
      undefined,
    ])
  })

  test('of a task of a paused series reaches it and leaves it paused', () => {
    const series = aSeries({ mode: 'on_schedule', is_active: false })
    const task = aRecurringTask({ recurrence_mode: 'on_schedule' })
    const given = { series, task, patch: { title: 'Rent' } }
    assert.deepEqual(changed(given, 'title', 'is_active', 'next_occurrence'), ['Rent', false, null])
  })
})

suite('dates', () => {
  const series = aSeries({ mode: 'on_schedule', next_occurrence: '2026-01-02T09:00:00Z', last_occurrence: 3 })
  const task = aRecurringTask({ recurrence_mode: 'on_schedule' })
  const due_date = '2026-01-05T10:00:00Z'
  const cases: Record<string, [Omit<Given, 'series' | 'task'>, start: string | undefined, next: string | null]> = {
    'without a scope a moved date stays with the task': [
      { patch: { title: 'Rent', due_date } },
      undefined,
      '2026-01-02T09:00:00Z',
    ],
    'with the scope following a moved date moves the series': [
      { patch: { due_date }, scope: 'following' },
      '2026-01-05T10:00:00',
      '2026-01-06T10:00:00Z',
    ],
    'with the scope all too': [{ patch: { due_date }, scope: 'all' }, '2026-01-05T10:00:00', '2026-01-06T10:00:00Z'],
    'with a scope, the date it has already moves nothing': [
      { patch: { due_date: task.due_date }, scope: 'following' },
      undefined,
      '2026-01-02T09:00:00Z',
    ],
    'without a date, the series goes on from now': [
      { patch: { due_date: null }, scope: 'following' },
      '2026-01-01T08:00:00',
      '2026-01-02T08:00:00Z',
    ],
    'another rule is counted from the task': [
      { patch: { recurrence_rule: 'weekly' } },
      '2026-01-01T09:00:00',
      '2026-01-08T09:00:00Z',
    ],
    'another rule and a moved date: from the moved date, also without a scope': [
      { patch: { recurrence_rule: 'weekly', due_date } },
      '2026-01-05T10:00:00',
      '2026-01-12T10:00:00Z',
    ],
    'another interval is counted from the task': [
      { patch: { recurrence_interval: 3 } },
      '2026-01-01T09:00:00',
      '2026-01-04T09:00:00Z',
    ],
    'another time zone keeps the instant of the task, and its wall clock from then on': [
      { patch: { time_zone: 'America/New_York' } },
      '2026-01-01T04:00:00',
      '2026-01-02T09:00:00Z',
    ],
    'on completion no date is fixed': [{ patch: { recurrence_mode: 'on_completion' } }, '2026-01-01T09:00:00', null],
  }
  for (const [name, [given, start, next]] of Object.entries(cases))
    test(name, () =>
      assert.deepEqual(changed({ series, task, ...given }, 'start_date', 'next_occurrence'), [start, next]),
    )

  test('skipped dates stay skipped under another rule', () => {
    const skipping = aSeries({ ...series, skipped: ['2026-01-08T09:00:00'] })
    const given = { series: skipping, task, patch: { recurrence_rule: 'weekly' } }
    assert.deepEqual(changed(given, 'next_occurrence'), ['2026-01-15T09:00:00Z'])
  })

  test('numbers go on after the highest that the series or a task has', () => {
    const patch = { recurrence_rule: 'weekly' }
    assert.deepEqual(changed({ series, task, patch, newestOccurrence: 7 }, 'last_occurrence'), [7])
    assert.deepEqual(changed({ series, task, patch, newestOccurrence: 2 }, 'last_occurrence'), [3])
    assert.deepEqual(changed({ series, task, patch }, 'last_occurrence'), [3])
  })

  test('a paused series stays paused under another rule', () => {
    const given = { series: aSeries({ ...series, is_active: false }), task, patch: { recurrence_rule: 'weekly' } }
    assert.deepEqual(changed(given, 'is_active', 'next_occurrence', 'rule'), [false, null, 'weekly'])
  })
})
