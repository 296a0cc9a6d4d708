import assert from 'node:assert/strict'
import { test } from 'node:test'
import { userUpdated } from '@taskflow/event-contracts'
import { anEvent, fakeClock, until } from '@taskflow/test-kit'
import {
  aPerson,
  aReminderDue,
  startMailServer,
  startNotificationService,
} from '../testing/start-notification-service.ts'

const start = async (t: Parameters<typeof startMailServer>[0]) => {
  const server = await startMailServer(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const service = await startNotificationService(t, { clock }, { smtpUrl: server.url })
  const states = async () => (await service.ledger()).map(({ state, reason }) => [state, reason])
  /** As chat-api does it. */
  const confirm = async (id: string) => {
    await service.database.pool.query('UPDATE identity.users SET email_confirmed_at = now() WHERE id = $1', [id])
    const changed = { email_confirmed: [false, true] as [boolean, boolean] }
    const user = { id, time_zone: 'UTC', locale: 'en' }
    await service.deliver('user-events', [anEvent(userUpdated, { user, changed }, { user_id: id, key: id })])
    await service.send()
  }
  return { server, clock, service, states, confirm }
}

const reason = 'the e-mail address is not confirmed'

test('a reminder to an unconfirmed address is held, and sent once the address is confirmed', async (t) => {
  const { server, service, states, confirm } = await start(t)
  const user_id = await aPerson(service.database, { is_confirmed: false })
  await service.remind(aReminderDue(user_id))
  assert.deepEqual([server.mails.length, await states()], [0, [['held', reason]]])
  const asked = `/notifications?user_id=${user_id}&state=held&limit=10`
  const answer = await service.asSidecar(asked, { headers: { 'dapr-caller-app-id': 'chat-api' } })
  const { data } = (await answer.json()) as { data: { state: string; reason: string }[] }
  assert.deepEqual(
    data.map((each) => [each.state, each.reason]),
    [['held', reason]],
  )
  await confirm(user_id)
  assert.deepEqual([server.mails.length, await states()], [1, [['sent', null]]])
  assert.equal((await service.published()).at(-1)?.type, 'reminder.sent')
})

test('what was held for more than a day is not sent any more', async (t) => {
  const { server, clock, service, states, confirm } = await start(t)
  const user_id = await aPerson(service.database, { is_confirmed: false })
  await service.remind(aReminderDue(user_id))
  clock.advance({ hours: 12 })
  await service.remind(aReminderDue(user_id))
  clock.advance({ hours: 12 })
  await confirm(user_id)
  assert.deepEqual(await states(), [
    ['suppressed', 'the e-mail address was confirmed more than a day later'],
    ['sent', null],
  ])
  assert.equal(server.mails.length, 1)
})

test('a claim that saw the address unconfirmed and commits after the confirmation leaves nothing held', async (t) => {
  const { server, service, confirm } = await start(t)
  const user_id = await aPerson(service.database, { is_confirmed: false })
  await service.fire(aReminderDue(user_id))
  const claim = await service.database.pool.connect()
  await claim.query('BEGIN')
  await claim.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [`claim:email ${user_id}`])
  await claim.query(`UPDATE notifications.ledger SET state = 'held', next_attempt_at = NULL`)
  const confirming = confirm(user_id)
  await until(async () => {
    const { rowCount } = await service.database.pool.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    )
    return rowCount === 1
  })
  await claim.query('COMMIT')
  claim.release()
  await confirming
  assert.equal(server.mails.length, 1)
})

test('another person’s confirmation releases nothing', async (t) => {
  const { server, service, states, confirm } = await start(t)
  const [ada, eve] = [await aPerson(service.database, { is_confirmed: false }), await aPerson(service.database)]
  await service.remind(aReminderDue(ada))
  await confirm(eve)
  assert.deepEqual([server.mails.length, await states()], [0, [['held', reason]]])
})

test('a reminder to an unsubscribed address is not sent, whoever has the account', async (t) => {
  const { server, service, states } = await start(t)
  const user_id = await aPerson(service.database)
  await service.database.pool.query(`UPDATE identity.users SET address_hash = 'x' WHERE id = $1`, [user_id])
  await service.database.pool.query(`INSERT INTO identity.suppressed_addresses VALUES ('x', now())`)
  await service.remind(aReminderDue(user_id))
  assert.deepEqual([server.mails.length, await states()], [0, [['suppressed', 'this address was unsubscribed']]])
})

test('a webhook is posted to all the same', async (t) => {
  const posts: string[] = []
  const webhooks = {
    send: async ({ url }: { url: string }) => {
      posts.push(url)
      return { result: 'sent' as const }
    },
    challenge: async () => ({ passed: true as const }),
    close: async () => {},
  }
  const service = await startNotificationService(t, { webhooks })
  const webhook = { url: 'https://hooks.example', secret: 'whsec_x' }
  await service.remind(aReminderDue(await aPerson(service.database, { is_confirmed: false, webhook })))
  assert.deepEqual(posts, ['https://hooks.example'])
  assert.deepEqual(
    (await service.ledger()).map(({ channel, state }) => [channel, state]),
    [
      ['email', 'held'],
      ['webhook', 'sent'],
    ],
  )
})
