import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkRule } from '@taskflow/recurrence'
import { readQuickAdd } from '../src/index.ts'
import { inBerlin, inNewYork, type Phrase } from './phrases.ts'

const places: [string, string, Phrase[]][] = [
  ['Europe/Berlin', '2026-03-27T11:00:00Z', inBerlin],
  ['America/New_York', '2026-10-30T16:00:00Z', inNewYork],
]

for (const [time_zone, at, phrases] of places) {
  test(`${phrases.length} phrases in ${time_zone}`, () => {
    const now = Temporal.Instant.from(at)
    for (const [text, title, due = null, fields = {}] of phrases) {
      const { task } = readQuickAdd(text, { now, time_zone })
      const { title: found, due_date, due_on = null, time_zone: _, ...others } = task
      const local = due_date && Temporal.Instant.from(due_date).toZonedDateTimeISO(time_zone)
      const shown = local ? local.toString({ smallestUnit: 'minute', timeZoneName: 'never' }) : due_on
      assert.deepEqual({ text, title: found, due: shown, ...others }, { text, title, due, ...fields })
      if (others.recurrence_rule) checkRule(others.recurrence_rule, others.recurrence_interval)
    }
  })
}

test('each recognized part is reported', () => {
  const text = 'pay rent every 1st at 9 !high #home remind 1d before'
  const { understood } = readQuickAdd(text, { now: Temporal.Instant.from('2026-03-27T11:00:00Z'), time_zone: 'UTC' })
  assert.deepEqual(
    understood.map(({ text, means, value, sentence }) => [text, means, value, sentence]),
    [
      ['every 1st at 9', 'recurrence', 'FREQ=MONTHLY;BYMONTHDAY=1', 'repeats every month on day 1 at 09:00, UTC'],
      ['!high', 'priority', 'high', 'priority high'],
      ['#home', 'tag', 'home', 'tag home'],
      ['remind 1d before', 'reminder', [{ type: 'before', offset: 'P1D' }], 'reminds 1 day before the due date'],
    ],
  )
  for (const part of understood) assert.equal(text.slice(part.start, part.end), part.text)
})

test('a day and a time in different places make one date', () => {
  const { understood } = readQuickAdd('tomorrow call Bob at 5pm', {
    now: Temporal.Instant.from('2026-03-27T11:00:00Z'),
    time_zone: 'Europe/Berlin',
  })
  const sentence = 'due Saturday, 28 March 2026 at 17:00, Europe/Berlin'
  assert.deepEqual(
    understood.map((part) => [part.text, part.means, part.value, part.sentence]),
    ['tomorrow', 'at 5pm'].map((each) => [each, 'due_date', '2026-03-28T16:00:00Z', sentence]),
  )
})

test('12/5 is in December in the United States and in May elsewhere', () => {
  const dueIn = (locale?: string) =>
    readQuickAdd('x on 12/5/2026', {
      ...{ now: Temporal.Instant.from('2026-03-27T11:00:00Z'), time_zone: 'UTC' },
      ...(locale === undefined ? {} : { locale }),
    }).task.due_on
  for (const locale of [undefined, 'en', 'en-US', 'nonsense!']) assert.equal(dueIn(locale), '2026-12-05')
  for (const locale of ['en-GB', 'de-DE', 'de']) assert.equal(dueIn(locale), '2026-05-12')
})

test('a day without a time is that day, whatever the hour and zone', () => {
  const read = (text: string) =>
    readQuickAdd(text, { now: Temporal.Instant.from('2026-03-27T22:30:00Z'), time_zone: 'Europe/Berlin' })
  assert.deepEqual(
    read('call Bob tomorrow').understood.map(({ means, value, sentence }) => [means, value, sentence]),
    [['due_on', '2026-03-28', 'due Saturday, 28 March 2026']],
  )
  assert.deepEqual(
    read('gym every monday').understood.map(({ means, value, sentence }) => [means, value, sentence]),
    [['recurrence', 'FREQ=WEEKLY;BYDAY=MO', 'repeats every week on Monday']],
  )
  for (const text of ['x today', 'x tomorrow', 'x friday', 'x every day', 'x every 1st', 'x in 3 days'])
    assert.deepEqual([read(text).task.due_date, typeof read(text).task.due_on], [undefined, 'string'], text)
  for (const text of ['x at 23', 'x tomorrow morning', 'x friday at 9', 'x every day at 9', 'x in 3 hours', 'x eod'])
    assert.deepEqual([typeof read(text).task.due_date, read(text).task.due_on], ['string', undefined], text)
})

test('reminders of a day are counted from the reminder time of the account', () => {
  const read = (text: string, reminder_time?: string) =>
    readQuickAdd(text, {
      now: Temporal.Instant.from('2026-03-27T11:00:00Z'),
      time_zone: 'UTC',
      ...(reminder_time ? { reminder_time } : {}),
    }).task.reminders
  assert.deepEqual(read('pay every monday remind me at 8', '10:30'), [{ type: 'before', offset: 'PT2H30M' }])
  assert.deepEqual(read('pay every monday remind me at 8'), [{ type: 'before', offset: 'PT1H' }])
  assert.deepEqual(read('pay every day at 15 remind me at 8'), [{ type: 'before', offset: 'PT7H' }])
  assert.deepEqual(read('remind me to pay every monday', '08:00'), [{ type: 'before', offset: 'PT0S' }])
  assert.deepEqual(read('pay monday remind me tomorrow', '07:15'), [{ type: 'at', at: '2026-03-28T07:15:00Z' }])
})
