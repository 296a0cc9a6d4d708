import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { userDeleted } from '@taskflow/event-contracts'
import { anEvent, fakeClock } from '@taskflow/test-kit'
import { createWebhookSender } from '../src/domain/webhook.ts'
import { aPerson, aReminderDue, startNotificationService } from '../testing/start-notification-service.ts'
import { response, secret, startReceiver, toAnywhere } from '../testing/start-receiver.ts'

const start = async (t: TestContext, webhooks = toAnywhere(), settings: Record<string, string> = {}) => {
  const receiver = await startReceiver(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const env = { WEBHOOK_PORTS: `http:${receiver.port}`, ...settings }
  const service = await startNotificationService(t, { clock, webhooks }, { env })
  const url = `http://127.0.0.1:${receiver.port}/hook`
  return {
    receiver,
    clock,
    service,
    url,
    person: (fields: { url?: string; is_verified?: boolean } = {}) =>
      aPerson(service.database, {
        preferences: { channels: { email: false } },
        webhook: { url, secret, is_verified: false, ...fields },
      }),
    verify: async (user_id: string, from = service) => {
      const headers = { 'dapr-caller-app-id': 'chat-api' }
      const body = JSON.stringify({ user_id })
      const answer = await from.asSidecar('/webhooks/verify', { method: 'POST', headers, body })
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
    },
    outcomes: async () =>
      (await service.ledger())
        .filter(({ channel }) => channel === 'webhook')
        .map(({ state, reason }) => [state, reason]),
  }
}

const challengeOf = (body: string): string => JSON.parse(body).challenge

test('a receiver that repeats the signed challenge passes, as text or as JSON', async (t) => {
  const { receiver, person, verify } = await start(t)
  receiver.answer = (body) => response('200 OK', challengeOf(body))
  assert.deepEqual(await verify(await person()), { status: 200, body: { passed: true } })
  receiver.answer = (body) => response('202 Accepted', JSON.stringify({ challenge: challengeOf(body) }))
  assert.deepEqual(await verify(await person()), { status: 200, body: { passed: true } })

  const [{ head, body } = { head: '', body: '' }, second] = receiver.requests
  const header = (name: string) => new RegExp(`${name}: (.*)`, 'i').exec(head)?.[1]?.trim()
  const signed = `${header('webhook-id')}.${header('webhook-timestamp')}.${body}`
  const signature = createHmac('sha256', 'a secret of a webhook').update(signed).digest('base64')
  assert.equal(header('webhook-signature'), `v1,${signature}`)
  assert.deepEqual(Object.keys(JSON.parse(body)), ['type', 'challenge'])
  assert.equal(JSON.parse(body).type, 'webhook.verification')
  assert.notEqual(challengeOf(body), challengeOf(second!.body))
})

test('a receiver that does not repeat it, repeats all it is sent, or redirects does not pass', async (t) => {
  const { receiver, person, verify } = await start(t)
  const answers: ((body: string) => string)[] = [
    () => response('204 No Content', ''),
    () => response('200 OK', 'ok'),
    (body) => response('200 OK', body),
    (body) => response('200 OK', `you sent ${body}`),
    (body) => response('400 Bad Request', challengeOf(body)),
    (body) => response('200 OK', challengeOf(body) + 'x'.repeat(1_000_000)),
    () => `HTTP/1.1 307 Elsewhere\r\nlocation: http://127.0.0.1:${receiver.port}/other\r\ncontent-length: 0\r\n\r\n`,
  ]
  for (const answer of answers) {
    receiver.answer = answer
    assert.deepEqual(await verify(await person()), { status: 200, body: { passed: false } })
  }
  assert.equal(receiver.requests.length, answers.length)
})

test('an address inside, a name that leads nowhere and a silent receiver all get the same answer', async (t) => {
  const { receiver, person, verify } = await start(t, createWebhookSender())
  const { port } = receiver
  for (const url of [`http://127.0.0.1:${port}/`, `http://localhost:${port}/`, `http://nowhere.invalid:${port}/`])
    assert.deepEqual(await verify(await person({ url })), { status: 200, body: { passed: false } })
  assert.equal(receiver.connections, 0)
})

test('a silent receiver does not hold the request for longer than service invocation waits', async (t) => {
  const { receiver, person, verify } = await start(t)
  receiver.answer = undefined
  const user_id = await person()
  const began = performance.now()
  assert.deepEqual(await verify(user_id), { status: 200, body: { passed: false } })
  assert.ok(performance.now() - began >= 3_900, 'it was given time')
})

test('challenges of a person are limited by the hour, over all replicas; the count goes with the account', async (t) => {
  const settings = { WEBHOOK_CHALLENGES_PER_PERSON_PER_HOUR: '2' }
  const { receiver, clock, service, person, verify, url } = await start(t, toAnywhere(), settings)
  const { database } = service
  const second = await startNotificationService(t, { clock, webhooks: toAnywhere() }, { database, env: settings })
  const user_id = await person()
  await verify(user_id)
  await verify(user_id, second)
  const { status, body } = await verify(user_id)
  assert.deepEqual([status, body.detail], [429, 'at most 2 attempts to verify a webhook in 1 h; try again later'])
  assert.equal(receiver.requests.length, 2)
  assert.equal((await verify(await person())).status, 200, `${url} of somebody else`)
  assert.equal((await verify(randomUUID())).status, 404)
  clock.advance({ minutes: 66 })
  assert.equal((await verify(user_id)).status, 200)
  await service.deliver('user-events', [anEvent(userDeleted, {}, { user_id, key: user_id })])
  const { rows } = await database.pool.query('SELECT FROM notifications.sent_counts WHERE subject LIKE $1', [
    `%${user_id}`,
  ])
  assert.deepEqual(rows, [])
})

test('nothing is posted to a webhook that is not verified', async (t) => {
  const { receiver, service, person, outcomes } = await start(t)
  await service.remind(aReminderDue(await person()))
  assert.deepEqual([receiver.connections, await outcomes()], [0, [['suppressed', 'the webhook is not verified']]])
})

test('nothing is posted to another port or without TLS; the reason says what to do', async (t) => {
  const { receiver, service, person, outcomes } = await start(t, toAnywhere(), { WEBHOOK_PORTS: '443' })
  await service.remind(aReminderDue(await person({ is_verified: true })))
  assert.deepEqual(await outcomes(), [['failed', 'the webhook must be an https URL on port 443: register another']])
  assert.equal(receiver.connections, 0)
  assert.deepEqual(
    (await service.published()).map(({ type, data }) => [type, data.channel]),
    [['reminder.failed', 'webhook']],
  )
})

test('posts to a person are limited by the hour, answered or not; the rest waits as mail does', async (t) => {
  const settings = { WEBHOOK_POSTS_PER_PERSON_PER_HOUR: '3', WAITING_PER_PERSON: '2' }
  const { receiver, clock, service, person, outcomes } = await start(t, toAnywhere(), settings)
  receiver.answer = response('503 Away', '')
  const user_id = await person({ is_verified: true })
  await service.remind(aReminderDue(user_id))
  clock.advance({ seconds: 5 })
  receiver.answer = response('200 OK', '')
  await service.remind(...Array.from({ length: 5 }, () => aReminderDue(user_id)))
  assert.equal(receiver.requests.length, 3)
  const limit = 'at most 3 posts in 1 h (per person)'
  assert.deepEqual((await outcomes()).toSorted(), [
    ['failed', `more than 2 wait for a limit: ${limit}`],
    ['failed', `more than 2 wait for a limit: ${limit}`],
    ['pending', limit],
    ['pending', limit],
    ['sent', null],
    ['sent', null],
  ])
})
