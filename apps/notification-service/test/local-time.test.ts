import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from '@taskflow/test-kit/fast-check'
import { firstInstantAt, nextDigest, quietUntil } from '../src/domain/local-time.ts'

const night = { start: '22:00', end: '07:00' }
const quiet = (hours: { start: string; end: string } | null, time_zone: string, now: string) =>
  quietUntil(hours, time_zone, Temporal.Instant.from(now))?.toString()
const digest = (time: string, time_zone: string, now: string) => {
  const { date, at } = nextDigest(time, time_zone, Temporal.Instant.from(now))
  return [date, at.toString()]
}

test('quiet hours may span midnight; the start is inclusive and the end exclusive', () => {
  assert.equal(quiet(null, 'UTC', '2026-06-01T23:00:00Z'), undefined)
  assert.equal(quiet(night, 'UTC', '2026-06-01T21:59:59.999Z'), undefined)
  assert.equal(quiet(night, 'UTC', '2026-06-01T22:00:00Z'), '2026-06-02T07:00:00Z')
  assert.equal(quiet(night, 'UTC', '2026-06-02T03:00:00Z'), '2026-06-02T07:00:00Z')
  assert.equal(quiet(night, 'UTC', '2026-06-02T07:00:00Z'), undefined)
  assert.equal(quiet({ start: '12:00', end: '13:00' }, 'UTC', '2026-06-02T12:30:00Z'), '2026-06-02T13:00:00Z')
  assert.equal(quiet({ start: '12:00', end: '13:00' }, 'UTC', '2026-06-02T13:30:00Z'), undefined)
})

test('quiet hours use the user’s clock: UTC+14, UTC-11, year’s end, leap day', () => {
  assert.equal(quiet(night, 'Pacific/Kiritimati', '2026-12-31T09:00:00Z'), '2026-12-31T17:00:00Z')
  assert.equal(quiet(night, 'Pacific/Pago_Pago', '2027-01-01T10:00:00Z'), '2027-01-01T18:00:00Z')
  assert.equal(quiet(night, 'UTC', '2026-12-31T23:30:00Z'), '2027-01-01T07:00:00Z')
  assert.equal(quiet(night, 'UTC', '2028-02-28T23:00:00Z'), '2028-02-29T07:00:00Z')
})

test('a night with a DST change is an hour shorter or longer', () => {
  // Europe/Berlin: 29 March 2026 02:00 -> 03:00, 25 October 2026 03:00 -> 02:00.
  assert.equal(quiet(night, 'Europe/Berlin', '2026-03-28T22:00:00Z'), '2026-03-29T05:00:00Z')
  assert.equal(quiet(night, 'Europe/Berlin', '2026-10-24T21:00:00Z'), '2026-10-25T06:00:00Z')
  // An end in the skipped hour moves to the end of the gap; an end in the repeated hour applies to its own pass.
  const early = { start: '22:00', end: '02:30' }
  assert.equal(quiet(early, 'Europe/Berlin', '2026-03-29T00:00:00Z'), '2026-03-29T01:00:00Z')
  assert.equal(quiet(early, 'Europe/Berlin', '2026-10-25T00:15:00Z'), '2026-10-25T00:30:00Z')
  assert.equal(quiet(early, 'Europe/Berlin', '2026-10-25T00:45:00Z'), undefined)
  assert.equal(quiet(early, 'Europe/Berlin', '2026-10-25T01:15:00Z'), '2026-10-25T01:30:00Z')
})

test('the digest is today’s if its time is now or still to come, else tomorrow’s', () => {
  assert.deepEqual(digest('08:00', 'UTC', '2026-06-01T07:59:00Z'), ['2026-06-01', '2026-06-01T08:00:00Z'])
  assert.deepEqual(digest('08:00', 'UTC', '2026-06-01T08:00:00Z'), ['2026-06-01', '2026-06-01T08:00:00Z'])
  assert.deepEqual(digest('08:00', 'UTC', '2026-12-31T08:00:01Z'), ['2027-01-01', '2027-01-01T08:00:00Z'])
  assert.deepEqual(digest('08:00', 'UTC', '2028-02-28T09:00:00Z'), ['2028-02-29', '2028-02-29T08:00:00Z'])
  assert.deepEqual(digest('00:30', 'Pacific/Kiritimati', '2026-12-31T10:00:00Z'), [
    '2027-01-01',
    '2026-12-31T10:30:00Z',
  ])
  assert.deepEqual(digest('02:30', 'America/New_York', '2026-03-08T06:00:00Z'), ['2026-03-08', '2026-03-08T07:00:00Z'])
  assert.deepEqual(digest('01:30', 'America/New_York', '2026-11-01T06:00:00Z'), ['2026-11-02', '2026-11-02T06:30:00Z'])
})

test('on a day that a zone skipped, times are the first instant after it', () => {
  // Pacific/Apia went from 29 to 31 December 2011.
  const day = Temporal.PlainDate.from('2011-12-30')
  assert.equal(firstInstantAt(day, '12:00', 'Pacific/Apia').toString(), '2011-12-30T10:00:00Z')
})

test('quiet hours always end in the future, within a day and a few hours, at a time outside them', () => {
  const minutes = fc.integer({ min: 0, max: 1_439 })
  const text = (minute: number) =>
    [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':')
  const zone = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'Pacific/Kiritimati',
    'Pacific/Pago_Pago',
    'America/Sao_Paulo',
    'Africa/Casablanca',
  )
  const moment = fc.integer({ min: Date.UTC(2010, 0, 1), max: Date.UTC(2032, 0, 1) })
  const property = fc.property(minutes, minutes, zone, moment, (from, to, time_zone, milliseconds) => {
    // A clock change may skip up to an hour: the whole time between the end and the next start, if that is as short.
    if ((from - to + 1_440) % 1_440 <= 60) return
    const [start, end] = [text(from), text(to)]
    const now = Temporal.Instant.fromEpochMilliseconds(milliseconds)
    const until = quietUntil({ start, end }, time_zone, now)
    if (!until) return
    const hours = until.since(now).total('hours')
    assert.ok(hours > 0 && hours < 27, `${hours} h`)
    const next = quietUntil({ start, end }, time_zone, until)
    assert.ok(next === undefined || next.since(until).total('hours') < 3, 'only the repeated hours may follow')
  })
  fc.assert(property, { numRuns: 2_000 })
})
