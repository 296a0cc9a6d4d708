import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dueBy, dueDay, writeDue } from '../src/tasks/due.ts'

const zone = 'America/New_York'
const day = { due_date: null, due_on: '2026-03-08', time_zone: zone }
const time = { due_date: '2026-03-09T03:30:00Z', due_on: null, time_zone: zone }
const none = { due_date: null, due_on: null, time_zone: zone }

test('a day is over at its end where the task is, clock changes included', () => {
  assert.equal(new Date(dueBy(day)!).toISOString(), '2026-03-09T03:59:59.999Z')
  assert.equal(dueBy(time), Date.parse(time.due_date))
  assert.equal(dueBy(none), undefined)
})

test('a task is shown on its day, an instant on that of the reader', () => {
  assert.deepEqual(
    [day, time, none].map((task) => dueDay(task, 'Asia/Tokyo')),
    ['2026-03-08', '2026-03-09', undefined],
  )
  assert.equal(dueDay(time, zone), '2026-03-08')
})

test('a day is written without a time', () => {
  const now = Date.parse('2026-03-08T12:00:00Z')
  assert.deepEqual(
    [day, time, none].map((task) => writeDue(task, zone, 'en-GB', now)),
    ['Today', 'Today 23:30', undefined],
  )
})
