import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDatabaseClock, systemClock } from '@taskflow/service-kit'

/** A database whose clock shows `now`, in milliseconds, and answers as long as `answering` takes. */
const databaseAt = (now: () => number, answering = () => {}) =>
  ({
    query: async () => {
      answering()
      return { rows: [{ now: now() }] }
    },
  }) as never

test('a clock that is ahead or behind shows the time of the database after a comparison', async () => {
  const now = Date.now()
  for (const off of [120_000, -120_000, 0]) {
    const clock = createDatabaseClock({ now: () => Temporal.Instant.fromEpochMilliseconds(now + off) })
    assert.equal(clock.now().epochMilliseconds, now + off)
    await clock.follow(databaseAt(() => now))
    assert.equal(clock.now().epochMilliseconds, now)
  }
})

test('what may be the time of the answer is no difference', async () => {
  let machine = 1_000_000
  const clock = createDatabaseClock({ now: () => Temporal.Instant.fromEpochMilliseconds(machine) })
  const slow = () => {
    machine += 30_000
  }
  await clock.follow(databaseAt(() => machine - 1_000, slow))
  assert.equal(clock.now().epochMilliseconds, machine)
  await clock.follow(databaseAt(() => machine - 35_000, slow))
  assert.equal(clock.now().epochMilliseconds, machine - 20_000, 'more than that is')
})

test('the default is the clock of the machine', () => {
  assert.ok(Math.abs(createDatabaseClock().now().epochMilliseconds - systemClock.now().epochMilliseconds) < 10_000)
})
