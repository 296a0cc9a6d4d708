import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readQuickAdd } from '../src/index.ts'

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'Pacific/Honolulu']
const days = ['2026-03-28', '2026-11-29', '2026-12-31', '2028-02-29']
const hours = ['00:00', '00:30', '08:59', '09:01', '12:00', '15:20', '23:58']

/** Each place and time of the day. */
const everywhere = (
  check: (
    now: Temporal.ZonedDateTime,
    read: (text: string) => Temporal.PlainDate | Temporal.PlainDateTime | undefined,
  ) => void,
) => {
  for (const zone of zones)
    for (const day of days)
      for (const hour of hours) {
        const now = Temporal.PlainDateTime.from(`${day}T${hour}`).toZonedDateTime(zone)
        check(now, (text) => {
          const { due_date, due_on } = readQuickAdd(text, { now: now.toInstant(), time_zone: zone }).task
          if (due_on) return Temporal.PlainDate.from(due_on)
          return due_date ? Temporal.Instant.from(due_date).toZonedDateTimeISO(zone).toPlainDateTime() : undefined
        })
      }
}

const dayOf = (due: Temporal.PlainDate | Temporal.PlainDateTime | undefined) => due?.toString().slice(0, 10)

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

test('today by its date is today, at any hour', () => {
  everywhere((now, read) => {
    const today = now.toPlainDate()
    const [d, m] = [today.day, months[today.month - 1]]
    for (const text of [
      `pay ${d} ${m}`,
      `pay ${m} ${d}`,
      `pay on ${d} ${m}`,
      `pay ${today}`,
      `pay by ${m} ${d} ${today.year}`,
    ])
      assert.equal(dayOf(read(text)), today.toString(), `${text} at ${now}`)
    for (const text of [`pay ${d} ${m} at 23:59`, `pay ${m} ${d}, 23:59`])
      assert.equal(read(text)?.toString(), `${today}T23:59:00`, `${text} at ${now}`)
  })
})

test('days are counted on the wall clock', () => {
  everywhere((now, read) => {
    const today = now.toPlainDate()
    const expected: [string, Temporal.PlainDate][] = [
      ['x tomorrow', today.add({ days: 1 })],
      ['x day after tomorrow', today.add({ days: 2 })],
      ['x in 3 days', today.add({ days: 3 })],
      ['x in 2 weeks', today.add({ weeks: 2 })],
      ['x tomorrow evening at 8', today.add({ days: 1 })],
      ['x next week', today.add({ days: 7 })],
    ]
    for (const [text, date] of expected) assert.equal(dayOf(read(text)), date.toString(), `${text} at ${now}`)
  })
})

test('no due date has passed, unless its time was said for today', () => {
  const texts =
    `friday|sunday at 8|monday in 2 weeks|every evening at 8|every monday through friday at 8|every 8 hours at 6
    |at 9|at 23:30|half past 5|tonight|this evening|end of month|end of week|mid january|christmas|new year's eve
    |every 2nd and 4th tuesday|every last workday|every 1 jan and 1 jul|twice a month|on the 15th|5 may|friday night at 2`.split(
      '|',
    )
  everywhere((now, read) => {
    for (const text of texts) {
      const due = read(`x ${text.trim()}`)
      assert.ok(due, text)
      const isPast =
        due instanceof Temporal.PlainDate
          ? Temporal.PlainDate.compare(due, now.toPlainDate()) < 0
          : Temporal.PlainDateTime.compare(due, now.toPlainDateTime()) < 0
      assert.ok(!isPast, `${text} at ${now}: ${due}`)
    }
  })
})

test('the part of the day places the hour, with and without "every"', () => {
  everywhere((now, read) => {
    for (const [text, time] of [
      ['every evening at 8', '20:00'],
      ['every day at 8 in the evening', '20:00'],
      ['tomorrow evening at 8', '20:00'],
      ['tomorrow at 8 in the evening', '20:00'],
      ['at 8 in the evening', '20:00'],
      ['every morning at 8', '08:00'],
      ['every afternoon at 3', '15:00'],
      ['every night at 10', '22:00'],
    ] as const)
      assert.equal(read(`x ${text}`)?.toString().slice(11, 16), time, `${text} at ${now}`)
  })
})

test('what a rule cannot hold is refused as a whole, and said', () => {
  for (const text of [
    'x every monday or tuesday',
    'x every friday the 13th',
    'x every day except christmas',
    'x every 1 jan and 15 jul',
    'x friday or saturday',
    'x dec 24 - dec 26',
    'x every morning at 8pm',
    'x at 7:15 and 19:15',
    'x tomorrow at 9 and 17',
    'x at 9, 10 and 11',
    'x friday 9:00 or 10:00',
    'x every day at 8:00 and 20:30',
    'x every 2 hours at 7 and 9',
    'x every 1st except sunday',
    'x every day except every day',
    'x um 7:15 und 19:15',
    'x jeden Tag um 8 und 20:30',
    'x demain à 8h et à 20h',
    'x a las 7:15 y a las 19:15',
  ]) {
    const { task, not_understood } = readQuickAdd(text, {
      now: Temporal.Instant.from('2026-11-29T15:20:00Z'),
      time_zone: 'UTC',
    })
    assert.deepEqual([task.title, task.due_date, task.due_on], [text, undefined, undefined])
    for (const part of not_understood) assert.equal(part.text, text.slice(part.start, part.end))
    assert.equal(not_understood.length, 1, text)
  }
})

test('exceptions may stand before and after the time, and be the weekend', () => {
  const rule = (text: string) =>
    readQuickAdd(text, { now: Temporal.Instant.from('2026-11-29T15:20:00Z'), time_zone: 'UTC' }).task.recurrence_rule
  for (const text of [
    'x every day except the weekend at 9',
    'x every day at 9 except the weekend',
    'x every day except saturday and sunday at 9',
    'x every day at 9 except on saturday and sunday',
    'x jeden Tag um 9 außer am Wochenende',
  ])
    assert.equal(rule(text), 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', text)
})

test('a part that is taken back is title', () => {
  const read = (literal: [number, number][]) =>
    readQuickAdd('plan friday dinner tomorrow', {
      now: Temporal.Instant.from('2026-11-29T15:20:00Z'),
      time_zone: 'UTC',
      literal,
    }).task
  assert.deepEqual(read([[5, 11]]), { title: 'plan friday dinner', time_zone: 'UTC', due_on: '2026-11-30' })
  assert.deepEqual(read([[0, 27]]), { title: 'plan friday dinner tomorrow', time_zone: 'UTC' })
})
