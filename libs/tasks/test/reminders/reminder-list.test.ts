import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import type { Reminder } from '@taskflow/event-contracts'
import type { ReminderInput } from '../../src/input/fields.ts'
import {
  cancelPassed,
  cancelPending,
  mergeReminders,
  moveReminders,
  newReminder,
  resumeCancelled,
  toReminderInput,
} from '../../src/reminders/reminder-list.ts'
import { aReminder, atInstant, dueAt } from '../records.ts'

const due = '2026-01-01T09:00:00Z'

suite('a new reminder', () => {
  const cases: Record<string, [ReminderInput, due: string | null, offset: string | null, at: string | null]> = {
    '24 hours before the due date': [{ type: '24_hours_before' }, due, 'PT24H', '2025-12-31T09:00:00Z'],
    '1 hour before': [{ type: '1_hour_before' }, due, 'PT1H', '2026-01-01T08:00:00Z'],
    'any time before': [{ type: 'before', offset: 'PT10M' }, due, 'PT10M', '2026-01-01T08:50:00Z'],
    'any time after': [{ type: 'after', offset: 'PT10M' }, due, 'PT10M', '2026-01-01T09:10:00Z'],
    'at an instant': [{ type: 'at', at: '2026-01-01T07:00:00Z' }, due, null, '2026-01-01T07:00:00Z'],
    'has no time while there is no due date': [{ type: '1_hour_before' }, null, 'PT1H', null],
  }
  for (const [name, [input, due_date, offset, at]] of Object.entries(cases))
    test(name, () => {
      const { id, ...reminder } = newReminder(input, dueAt(due_date))
      assert.ok(id)
      assert.deepEqual(reminder, { type: input.type, offset, at, state: 'pending' })
      assert.deepEqual(toReminderInput({ id, ...reminder }), input, 'and back')
    })
})

suite('a list that replaces another', () => {
  const merge = (present: Reminder[], inputs: ReminderInput[]) => mergeReminders(present, inputs, dueAt(due))

  test('keeps what is there already, with its id and state', () => {
    const sent = aReminder({ state: 'sent' })
    assert.deepEqual(merge([sent], [{ type: '1_hour_before' }]), [sent])
  })

  test('keeps the new time of a snoozed one', () => {
    const snoozed = aReminder({ at: '2026-01-01T12:00:00Z' })
    assert.deepEqual(merge([snoozed], [{ type: '1_hour_before' }]), [snoozed])
  })

  test('takes what is new, drops what is missing, in the order that was sent', () => {
    const kept = atInstant('2026-01-01T07:00:00Z')
    const after = merge([aReminder(), kept], [{ type: 'after', offset: 'PT1H' }, toReminderInput(kept)])
    assert.deepEqual(
      after.map(({ type }) => type),
      ['after', 'at'],
    )
    assert.equal(after[1], kept)
  })

  test('distinguishes offsets and instants', () => {
    const before = aReminder({ type: 'before', offset: 'PT10M', state: 'sent' })
    const fixed = atInstant('2026-01-01T07:00:00Z', { state: 'sent' })
    const after = merge(
      [before, fixed],
      [
        { type: 'before', offset: 'PT20M' },
        { type: 'at', at: '2026-01-01T07:30:00Z' },
      ],
    )
    assert.deepEqual(
      after.map(({ state }) => state),
      ['pending', 'pending'],
    )
  })

  test('with the same reminder twice keeps one and makes one', () => {
    const sent = aReminder({ state: 'sent' })
    const [first, second] = merge([sent], [{ type: '1_hour_before' }, { type: '1_hour_before' }])
    assert.equal(first, sent)
    assert.deepEqual([second?.state, second?.id !== sent.id], ['pending', true])
  })
})

suite('reminders of a task whose due date is moved to the next day', () => {
  const before = dueAt(due)
  const after = dueAt('2026-01-02T09:00:00Z')
  const cases: Record<string, [Reminder, Pick<Reminder, 'at' | 'state'>]> = {
    'move with it': [aReminder(), { at: '2026-01-02T08:00:00Z', state: 'pending' }],
    'fire again after they were sent': [aReminder({ state: 'sent' }), { at: '2026-01-02T08:00:00Z', state: 'pending' }],
    'fire again after they were cancelled': [
      aReminder({ state: 'cancelled' }),
      { at: '2026-01-02T08:00:00Z', state: 'pending' },
    ],
    'stay dismissed': [aReminder({ state: 'dismissed' }), { at: '2026-01-02T08:00:00Z', state: 'dismissed' }],
    'move although they were snoozed': [
      aReminder({ at: '2026-01-01T12:00:00Z' }),
      { at: '2026-01-02T08:00:00Z', state: 'pending' },
    ],
    'stay as sent when they were snoozed to the very time': [
      aReminder({ at: '2026-01-02T08:00:00Z', state: 'sent' }),
      { at: '2026-01-02T08:00:00Z', state: 'sent' },
    ],
    'at an instant stay': [
      atInstant('2026-01-01T07:00:00Z', { state: 'sent' }),
      { at: '2026-01-01T07:00:00Z', state: 'sent' },
    ],
  }
  for (const [name, [reminder, expected]] of Object.entries(cases))
    test(name, () => assert.deepEqual(moveReminders([reminder], before, after), [{ ...reminder, ...expected }]))
})

suite('reminders of a task', () => {
  test('whose due date stays keep a snoozed time', () => {
    const snoozed = aReminder({ at: '2026-01-01T12:00:00Z' })
    const dates = dueAt(due)
    assert.deepEqual(moveReminders([snoozed], dates, dates), [snoozed])
  })

  test('whose due date is removed lose their time, and get it back with a new one', () => {
    const dated = dueAt(due)
    const undated = dueAt(null)
    const without = moveReminders([aReminder({ state: 'sent' })], dated, undated)
    assert.deepEqual(without, [aReminder({ at: null })])
    assert.deepEqual(moveReminders(without, undated, dated), [aReminder()])
  })

  test('that gets another time zone move by the calendar, when they count in days', () => {
    const due_date = '2026-03-29T08:00:00Z'
    const dayBefore = aReminder({ type: 'before', offset: 'P1D', at: '2026-03-28T08:00:00Z' })
    const hourBefore = aReminder({ at: '2026-03-29T07:00:00Z', state: 'sent' })
    const after = dueAt(due_date, 'Europe/Berlin')
    assert.deepEqual(moveReminders([dayBefore, hourBefore], dueAt(due_date), after), [
      { ...dayBefore, at: '2026-03-28T09:00:00Z' },
      hourBefore,
    ])
  })
})

suite('states', () => {
  const now = '2026-01-01T08:00:00Z'
  const states = ['pending', 'due', 'sent', 'failed', 'dismissed', 'cancelled'] as const
  const after = (work: (present: Reminder[]) => Reminder[], at: string | null) =>
    work(states.map((state) => aReminder({ at, state }))).map(({ state }) => state)
  const passed = now
  const ahead = '2026-01-01T08:00:00.001Z'

  test('cancelPending cancels what is pending', () => {
    for (const at of [passed, ahead, null])
      assert.deepEqual(after(cancelPending, at), ['cancelled', ...states.slice(1)])
  })

  test('cancelPassed cancels what is pending and has passed; a time that is now has', () => {
    const work = (present: Reminder[]) => cancelPassed(present, now)
    assert.deepEqual(after(work, passed), ['cancelled', ...states.slice(1)])
    for (const at of [ahead, null]) assert.deepEqual(after(work, at), states)
  })

  test('resumeCancelled makes pending what is cancelled and to come, or has no time', () => {
    const work = (present: Reminder[]) => resumeCancelled(present, now)
    assert.deepEqual(after(work, passed), states)
    for (const at of [ahead, null]) assert.deepEqual(after(work, at), [...states.slice(0, -1), 'pending'])
  })
})
