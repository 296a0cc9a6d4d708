import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import type dns from 'node:dns'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { createPublicConnector, isPublicAddress } from '../src/domain/public-address.ts'
import { createWebhookSender } from '../src/domain/webhook.ts'
import { aPerson, aReminderDue, reminderOf, startNotificationService } from '../testing/start-notification-service.ts'
import { secret, startReceiver, toAnywhere } from '../testing/start-receiver.ts'

type Test = Parameters<typeof startNotificationService>[0]

const unreachable = 'the webhook could not be reached'

const start = async (t: Test, webhooks = toAnywhere(), settings: Record<string, string> = {}) => {
  const receiver = await startReceiver(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const env = { WEBHOOK_PORTS: `http:${receiver.port}`, ...settings }
  const service = await startNotificationService(t, { clock, webhooks }, { env })
  const person = (url: string, preferences: object = { channels: { email: false } }) =>
    aPerson(service.database, { preferences, webhook: { url, secret } })
  const posted = async () => (await service.ledger()).filter(({ channel }) => channel === 'webhook')
  return { receiver, clock, service, person, posted, url: `http://127.0.0.1:${receiver.port}/hook?a=b` }
}

test('a fired reminder is posted, signed over id, time and body, and reported as sent', async (t) => {
  const { receiver, service, person, posted, url } = await start(t)
  const event = aReminderDue(await person(url), { title: 'Ä <b>' })
  await service.remind(event)
  const [{ head, body } = { head: '', body: '' }] = receiver.requests
  const header = (name: string) => new RegExp(`${name}: (.*)`, 'i').exec(head)?.[1]?.trim()
  assert.match(head, /^POST \/hook\?a=b HTTP\/1\.1\r\n/)
  const { id, at } = reminderOf(event)
  assert.equal(header('webhook-id'), `${id}.${Date.parse(at)}`)
  assert.equal(header('webhook-timestamp'), String(Date.parse('2026-03-01T08:00:00Z') / 1_000))
  const expected = createHmac('sha256', 'a secret of a webhook')
    .update(`${header('webhook-id')}.${header('webhook-timestamp')}.${body}`)
    .digest('base64')
  assert.equal(header('webhook-signature'), `v1,${expected}`)
  assert.equal(JSON.parse(body).type, 'reminder.due')
  assert.deepEqual([JSON.parse(body).data.task.title, JSON.parse(body).data.reminder.id], ['Ä <b>', id])
  assert.deepEqual(
    (await posted()).map(({ state }) => state),
    ['sent'],
  )
  const [sent] = await service.published()
  assert.deepEqual([sent?.type, sent?.causationid, sent?.data.channel], ['reminder.sent', event.id, 'webhook'])
})

test('5xx, 429 and timeouts are retried with back-off under the same id; 4xx is permanent', async (t) => {
  const { receiver, clock, service, person, posted, url } = await start(t)
  receiver.answer = 'HTTP/1.1 503 Away\r\ncontent-length: 0\r\n\r\n'
  await service.remind(aReminderDue(await person(url)))
  receiver.answer = 'HTTP/1.1 429 Slower\r\ncontent-length: 0\r\n\r\n'
  clock.advance({ seconds: 5 })
  await service.send()
  assert.deepEqual(
    (await posted()).map(({ state, reason, attempts }) => [state, reason, attempts]),
    [['pending', 'answered 429', 2]],
  )
  receiver.answer = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok'
  clock.advance({ seconds: 10 })
  await service.send()
  assert.deepEqual(
    (await posted()).map(({ state }) => state),
    ['sent'],
  )
  const ids = receiver.requests.map(({ head }) => /webhook-id: (.*)/i.exec(head)?.[1])
  assert.deepEqual([ids.length, new Set(ids).size], [3, 1])
  receiver.answer = 'HTTP/1.1 404 Gone\r\ncontent-length: 0\r\n\r\n'
  await service.remind(aReminderDue(await person(url)))
  assert.deepEqual((await posted()).map(({ state, reason }) => [state, reason])[1], ['failed', 'answered 404'])
  assert.deepEqual(
    (await service.published()).map(({ type, data }) => [type, data.channel, data.reason]),
    [
      ['reminder.sent', 'webhook', undefined],
      ['reminder.failed', 'webhook', 'answered 404'],
    ],
  )
})

test('redirects are not followed, and responses are not read to the end', async (t) => {
  const { receiver, service, person, posted, url } = await start(t)
  receiver.answer = `HTTP/1.1 307 Elsewhere\r\nlocation: http://127.0.0.1:${receiver.port}/inside\r\ncontent-length: 0\r\n\r\n`
  await service.remind(aReminderDue(await person(url)))
  assert.equal(receiver.requests.length, 1)
  receiver.answer = `HTTP/1.1 200 OK\r\ncontent-length: 100000000\r\n\r\n${'x'.repeat(200_000)}`
  await service.remind(aReminderDue(await person(url)))
  assert.deepEqual(
    (await posted()).map(({ state, reason }) => [state, reason]),
    [
      ['failed', 'answered 307: redirects are not followed'],
      ['sent', null],
    ],
  )
})

test('private, loopback and link-local addresses are rejected in every notation, without connecting', async (t) => {
  const { receiver, service, person, posted } = await start(t, createWebhookSender())
  const hosts = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:10.0.0.1]',
    '[fe80::1]',
    '[fd00::1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    'localhost',
  ]
  for (const host of hosts) await service.remind(aReminderDue(await person(`http://${host}:${receiver.port}/`)))
  const rows = await posted()
  assert.equal(rows.length, hosts.length)
  for (const { state, reason } of rows) assert.deepEqual([state, reason], ['pending', unreachable])
  assert.deepEqual([receiver.connections, receiver.requests], [0, []])
})

test('a name that resolves to a private address is rejected, even among public ones or after rebinding', async (t) => {
  const answers: Record<string, string[][]> = {
    'inside.example': [['10.0.0.7']],
    'both.example': [['93.184.216.34', '127.0.0.1']],
    'six.example': [['::ffff:127.0.0.1']],
    // Has a second answer: resolving it again would show in `lookups`.
    'rebinds.example': [['127.0.0.1'], ['127.0.0.1']],
  }
  const lookups: string[] = []
  const resolve = ((hostname: string, _options: object, callback: (error: null, found: object[]) => void) => {
    lookups.push(hostname)
    const addresses = answers[hostname]!.shift()!
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }) as unknown as typeof dns.lookup
  const webhooks = createWebhookSender(createPublicConnector({ resolve, timeout: 1_000 }))
  const { receiver, service, person, posted } = await start(t, webhooks)
  const names = Object.keys(answers)
  for (const name of names) await service.remind(aReminderDue(await person(`http://${name}:${receiver.port}/`)))
  const rows = await posted()
  assert.deepEqual(
    rows.map(({ state, reason }) => [state, reason]),
    names.map(() => ['pending', unreachable]),
  )
  assert.deepEqual(lookups, names, 'each was resolved once: the checked address is the one connected to')
  assert.equal(receiver.connections, 0)
})

test('public addresses', () => {
  for (const address of ['8.8.8.8', '93.184.216.34', '2606:4700::1111', '::ffff:8.8.8.8']) {
    assert.ok(isPublicAddress(address), address)
  }
  for (const address of [
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '2001:db8::1',
    'ff02::1',
    'fe80::1%eth0',
    // The host of a virtual machine on Azure, under a public number.
    '168.63.129.16',
    '::ffff:168.63.129.16',
    // Deprecated IPv4-compatible addresses, and what IANA has given nobody.
    '::7f00:1',
    '::5db8:d822',
    '64:ff9b:1::1',
    '4000::1',
    '5f00::1',
    'fec0::1',
    '3fff::1',
    'nonsense',
  ]) {
    assert.ok(!isPublicAddress(address), address)
  }
})

test('mail and webhook have separate rows: a failure of one does not affect the other', async (t) => {
  const { receiver, service, person, url } = await start(t)
  receiver.answer = 'HTTP/1.1 500 No\r\ncontent-length: 0\r\n\r\n'
  const mailer = { send: async () => ({ result: 'sent' as const }), close: () => {} }
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const both = await startNotificationService(
    t,
    { clock, mailer, webhooks: toAnywhere() },
    { database: service.database, env: { WEBHOOK_PORTS: `http:${receiver.port}` } },
  )
  await both.remind(aReminderDue(await person(url, {})))
  assert.deepEqual(
    (await both.ledger()).map(({ channel, state }) => [channel, state]),
    [
      ['email', 'sent'],
      ['webhook', 'pending'],
    ],
  )
})
