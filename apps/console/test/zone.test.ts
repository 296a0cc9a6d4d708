import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '@taskflow/test-kit/fast-check'
import { addDays, instantOf, localAt, todayIn, weekdayOf } from '../src/time/zone.ts'

const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'America/St_Johns']

test('wall-clock times match Temporal, clock changes included', () => {
  const second = fc.integer({ min: Date.UTC(2020, 0) / 1_000, max: Date.UTC(2035, 0) / 1_000 })
  fc.assert(
    fc.property(second, fc.constantFrom(...zones), (at, zone) => {
      const there = Temporal.Instant.fromEpochMilliseconds(at * 1_000).toZonedDateTimeISO(zone)
      assert.equal(localAt(at * 1_000, zone), there.toPlainDateTime().toString({ smallestUnit: 'second' }))
      const local = new Date(at * 1_000).toISOString().slice(0, 19)
      const meant = Temporal.PlainDateTime.from(local).toZonedDateTime(zone, { disambiguation: 'compatible' })
      assert.equal(instantOf(local, zone), meant.epochMilliseconds, `${local} in ${zone}`)
    }),
    { numRuns: 2_000 },
  )
})

test('a skipped time moves forward, a repeated one is the earlier', () => {
  const utc = (local: string) => new Date(instantOf(local, 'Europe/Berlin')).toISOString()
  assert.equal(utc('2027-03-28T02:30:00'), '2027-03-28T01:30:00.000Z')
  assert.equal(utc('2026-10-25T02:30:00'), '2026-10-25T00:30:00.000Z')
  assert.equal(utc('2026-10-25'), '2026-10-24T22:00:00.000Z')
})

test('days are calendar days', () => {
  assert.equal(addDays('2028-02-28', 2), '2028-03-01')
  assert.equal(todayIn('Pacific/Auckland', Date.UTC(2026, 10, 21, 12)), '2026-11-22')
  assert.equal(weekdayOf('2026-11-22'), 7)
})
