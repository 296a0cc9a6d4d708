import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createDatabaseClock, systemClock } from '@taskflow/service-kit'
import { fakeClock, withinCpuTime } from '@taskflow/test-kit'
import type { Mailer } from '../src/domain/mailer.ts'
import { aFlood, aPerson, aReminderDue, startNotificationService } from '../testing/start-notification-service.ts'

type Test = Parameters<typeof startNotificationService>[0]

const start = async (t: Test, env: Record<string, string> = {}) => {
  /** To whom mails were sent, in order. */
  const order: string[] = []
  const mailer: Mailer = {
    send: async ({ to }) => {
      order.push(to.address.split('@')[0]!)
      return { result: 'sent' }
    },
    close: () => {},
  }
  const clock = fakeClock('2026-03-01T08:10:00Z')
  const service = await startNotificationService(t, { clock, mailer }, { env })
  const states = async (user_id: string) => {
    const { rows } = await service.database.pool.query(
      `SELECT state, reason, count(*)::int FROM notifications.ledger WHERE user_id = $1 GROUP BY 1, 2 ORDER BY 1, 2`,
      [user_id],
    )
    return rows.map(({ state, reason, count }) => [state, reason, count])
  }
  return { order, clock, service, states }
}

test('one account with thousands of due reminders delays nobody: each pass serves each person once', async (t) => {
  const { order, service } = await start(t)
  const { database } = service
  const flooder = await aPerson(database)
  await aFlood(service, flooder, 3_000)
  const people = await Promise.all(Array.from({ length: 9 }, () => aPerson(database)))
  await service.fire(...people.map((user_id) => aReminderDue(user_id)))
  await service.send()
  assert.deepEqual(order.slice(0, 10).toSorted(), [flooder, ...people].toSorted())
})

test('over the hourly limit, a small queue waits and the rest has failed, which its person sees', async (t) => {
  const { order, clock, service, states } = await start(t, { MAIL_PER_PERSON_PER_HOUR: '3', WAITING_PER_PERSON: '4' })
  const flooder = await aPerson(service.database)
  await aFlood(service, flooder, 2_500)
  const limit = 'at most 3 mails in 1 h (per person)'
  await withinCpuTime(10_000, service.send)
  assert.equal(order.length, 3)
  assert.deepEqual(await states(flooder), [
    ['failed', `more than 4 wait for a limit: ${limit}`, 2_493],
    ['pending', limit, 4],
    ['sent', null, 3],
  ])
  const failed = (await service.published()).filter(({ type }) => type === 'reminder.failed')
  assert.equal(new Set(failed.map(({ data }) => data.reminder_id)).size, 2_493)
  assert.ok(
    failed.every(({ causationid }) => causationid),
    'each names the reminder that caused it',
  )

  // What comes later finds the queue full; when the hour is over, the queue is sent.
  await service.remind(aReminderDue(flooder))
  assert.deepEqual((await states(flooder))[0]![2], 2_494)
  clock.advance({ minutes: 66 })
  await service.send()
  assert.equal(order.length, 6)
})

test('one account gets a tenth of what the mail server takes in a day; the setting changes that', async (t) => {
  const { order, clock, service, states } = await start(t, { MAIL_PER_DAY: '30' })
  const [busy, other] = [await aPerson(service.database), await aPerson(service.database)]
  await aFlood(service, busy, 10)
  await service.send()
  clock.advance({ hours: 5 })
  await service.remind(aReminderDue(other))
  assert.deepEqual(order, [busy, busy, busy, other])
  assert.deepEqual((await states(busy))[0], ['pending', 'at most 3 mails in 24 h (per person)', 7])
  const more = await startNotificationService(
    t,
    { clock, mailer: service.deps.mailer },
    { database: service.database, env: { MAIL_PER_DAY: '30', MAIL_PER_PERSON_PER_DAY: '5' } },
  )
  clock.advance({ hours: 20 })
  await more.send()
  assert.equal(order.length, 9)
})

test('two replicas: a flood is shared, no mail is sent twice and no person has two at once', async (t) => {
  const atOnce = new Map<string, number>()
  let most = 0
  const sent: string[] = []
  const mailer: Mailer = {
    send: async ({ to: { address }, message_id }) => {
      atOnce.set(address, (atOnce.get(address) ?? 0) + 1)
      most = Math.max(most, ...atOnce.values())
      await new Promise((resolve) => setTimeout(resolve, 2))
      atOnce.set(address, atOnce.get(address)! - 1)
      sent.push(message_id)
      return { result: 'sent' }
    },
    close: () => {},
  }
  const clock = fakeClock('2026-03-01T08:10:00Z')
  const first = await startNotificationService(t, { clock, mailer })
  const second = await startNotificationService(t, { clock, mailer }, { database: first.database })
  const people = [await aPerson(first.database), await aPerson(first.database)]
  for (const user_id of people) await aFlood(first, user_id, 40)
  // The copies have one Message-ID in the flood; here each has its own.
  await first.database.pool.query('UPDATE notifications.ledger SET message_id = reminder_id')
  await Promise.all([first.send(), second.send()])
  await first.send()
  assert.deepEqual([sent.length, new Set(sent).size, most], [80, 80, 1])
})

test('a replica whose clock is three minutes ahead does not send what another one is sending', async (t) => {
  const sent: string[] = []
  const [started, answered] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const mailerOf = (replica: string, answer: () => Promise<void>): Mailer => ({
    send: async () => {
      sent.push(replica)
      await answer()
      return { result: 'sent' }
    },
    close: () => {},
  })
  const slow = mailerOf('first', () => {
    started.resolve()
    return answered.promise
  })
  const first = await startNotificationService(t, { clock: createDatabaseClock(), mailer: slow })
  const ahead = createDatabaseClock({ now: () => systemClock.now().add({ minutes: 3 }) })
  const quick = mailerOf('second', async () => {})
  const second = await startNotificationService(t, { clock: ahead, mailer: quick }, { database: first.database })
  const at = systemClock.now().subtract({ seconds: 5 }).toString()
  const sending = first.remind(aReminderDue(await aPerson(first.database), {}, { at }))
  await started.promise
  await second.send()
  answered.resolve()
  await sending
  assert.deepEqual(sent, ['first'])
})
