import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { claimDeliveries } from '../src/domain/claim.ts'
import { defaultPerDay } from '../src/domain/limits.ts'
import { recordOutcome } from '../src/domain/record.ts'
import { createTurns } from '../src/domain/turns.ts'
import {
  aPerson,
  aReminderDue,
  smtpError,
  startMailServer,
  startNotificationService,
} from '../testing/start-notification-service.ts'

const start = async (t: Parameters<typeof startMailServer>[0], env: Record<string, string>) => {
  const server = await startMailServer(t)
  const clock = fakeClock('2026-03-01T08:10:00Z')
  return { server, clock, service: await startNotificationService(t, { clock }, { smtpUrl: server.url, env }) }
}

test('mails per user are limited by the hour; the rest waits without delaying other users', async (t) => {
  const { server, clock, service } = await start(t, { MAIL_PER_PERSON_PER_HOUR: '3' })
  const [busy, other] = [await aPerson(service.database), await aPerson(service.database)]
  const many = Array.from({ length: 5 }, () => aReminderDue(busy))
  await service.remind(...many, aReminderDue(other, { title: 'other' }))
  assert.equal(server.mails.length, 4)
  const waiting = (await service.ledger()).filter(({ state }) => state === 'pending')
  assert.deepEqual(
    waiting.map(({ reason }) => reason),
    Array(2).fill('at most 3 mails in 1 h (per person)'),
  )
  clock.advance({ minutes: 59 })
  await service.send()
  assert.equal(server.mails.length, 4)
  clock.advance({ minutes: 6 })
  await service.send()
  assert.equal(server.mails.length, 6)
})

test('mails overall are limited by the day; rejected ones do not count', async (t) => {
  const { server, clock, service } = await start(t, { MAIL_PER_DAY: '4' })
  server.behaviour.onRcptTo = (_address, _session, done) => done(smtpError(550))
  await service.remind(aReminderDue(await aPerson(service.database)))
  delete server.behaviour.onRcptTo
  for (let hour = 0; hour < 6; hour++) {
    await service.remind(aReminderDue(await aPerson(service.database)))
    clock.advance({ hours: 1 })
  }
  assert.equal(server.mails.length, 4)
  // 24 h after the first, in hourly steps: one more, and another an hour later.
  clock.set('2026-03-02T08:59:00Z')
  await service.send()
  assert.equal(server.mails.length, 4)
  clock.set('2026-03-02T09:00:00Z')
  await service.send()
  assert.equal(server.mails.length, 5)
  clock.set('2026-03-02T10:00:00Z')
  await service.send()
  assert.equal(server.mails.length, 6)
})

test('an outcome recorded twice, because its commit was not acknowledged, returns its quota once', async (t) => {
  const { service } = await start(t, {})
  const { transaction } = service.deps
  const people = [await aPerson(service.database), await aPerson(service.database)]
  await service.fire(...people.map((user_id) => aReminderDue(user_id)))
  const limits = { perDay: 9, perPersonPerDay: 0, perPersonPerHour: 0, postsPerPersonPerHour: 0, waitingPerPerson: 50 }
  const turns = createTurns('email')
  const options = { channel: 'email' as const, turns, maxPeople: 2, limits, host: 'taskflow.example' }
  const { deliveries } = await transaction((tx) => claimDeliveries(tx, options))
  const counted = async () => (await service.database.pool.query('SELECT count FROM notifications.sent_counts')).rows
  assert.deepEqual(await counted(), [{ count: 2 }])
  for (const result of ['later', 'refused'] as const) {
    const delivery = deliveries.pop()!
    for (const _ of [1, 2]) await transaction((tx) => recordOutcome(tx, delivery, { result, reason: 'no' }, 0))
  }
  assert.deepEqual(await counted(), [{ count: 0 }])
  assert.equal((await service.published()).length, 1)
})

test('known providers have their own limits', () => {
  assert.equal(defaultPerDay('smtp://me:secret@smtp.gmail.com:587'), 500)
  assert.equal(defaultPerDay('smtp://mail.example.com'), 0)
})
