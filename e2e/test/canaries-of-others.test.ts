import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { createSealToken } from '@taskflow/chat-api/testing/account-mails'
import { userDeleted } from '@taskflow/event-contracts'
import { newSigningKey } from '@taskflow/local-mesh'
import {
  aPerson,
  aReminderDue,
  knowTasks,
  startMailServer,
} from '@taskflow/notification-service/testing/start-notification-service'
import {
  anEvent,
  bulkDelivery,
  closeDatabase,
  createCanaries,
  deliveryHeaders,
  everythingIn,
  loginFor,
  send,
  settings,
  startProcess,
  testDatabase,
  until,
} from '@taskflow/test-kit'

test('no secret of notification-service reaches a log, the ledger or an event, whatever mail servers and webhooks return', async (t) => {
  const canaries = createCanaries()
  const database = await testDatabase(t)
  const env = settings(canaries)
  const password = canaries.make('the password of the mail server')
  const server = await startMailServer(t, {
    authOptional: false,
    onAuth: (_auth, _session, done) => done(new Error('Invalid username or password')),
  })
  const webhook = { url: 'http://127.0.0.1:9/hook', secret: `whsec_${canaries.make('the secret of a webhook')}` }
  const user_id = await aPerson(database, { webhook })
  const service = await startProcess(t, 'notification-service', {
    ...env,
    NOTIFICATION_SERVICE_DATABASE_URL: await loginFor(
      database,
      'notification-service',
      canaries.make('the password of the database'),
    ),
    NOTIFICATION_SERVICE_DAPR_HTTP_PORT: '1',
    SMTP_URL: server.url.replace('smtp://', `smtp://taskflow:${password}@`),
  })
  await service.alive()
  const token = canaries.make('the token of a mail')
  const sealed = await createSealToken(env.LINK_SECRET)(token, user_id)
  await database.pool.query(
    `INSERT INTO identity.account_mails (id, user_id, address, locale, time_zone, content, sealed_token, can_refuse,
       created_at, expires_at, next_attempt_at)
     VALUES ($1, $1, 'ada@example.com', 'en', 'UTC', '{"kind": "reset-password"}', $2, true, now(), now() + '1 hour', now())`,
    [user_id, sealed],
  )
  const event = aReminderDue(user_id, { title: 'x' }, { at: new Date().toISOString() })
  await knowTasks(database, [event])
  const deliver = (messages: Parameters<typeof bulkDelivery>[1]) =>
    send(service.url, 'POST', '/events/task-reminders', {
      headers: { 'content-type': 'application/json', 'dapr-api-token': env.APP_API_TOKEN, ...deliveryHeaders },
      body: JSON.stringify(bulkDelivery('task-reminders', messages)),
    })
  assert.equal((await deliver([event, Buffer.from('nonsense')])).status, 200)
  await until(async () => {
    const { rows } = await database.pool.query('SELECT reason FROM notifications.ledger WHERE reason IS NOT NULL')
    const mails = await database.pool.query('SELECT FROM identity.account_mails WHERE attempts > 0')
    return rows.length === 2 && mails.rowCount === 1
  })
  canaries.assertNoneIn(await everythingIn(database), 'the database')
  canaries.assertNoneIn((await send(service.url, 'GET', '/metrics')).text, '/metrics')
  await closeDatabase(database)
  await service.ended('SIGTERM')
  canaries.assertNoneIn(service.printed(), 'what notification-service printed')
})

test('no secret of audit-logger reaches a log or a record', async (t) => {
  const canaries = createCanaries()
  const database = await testDatabase(t)
  const env = settings(canaries)
  const service = await startProcess(t, 'audit-logger', {
    ...env,
    AUDIT_LOGGER_DATABASE_URL: await loginFor(database, 'audit-logger', canaries.make('the password of the database')),
    AUDIT_LOGGER_DAPR_HTTP_PORT: '1',
    AUDIT_KEY: canaries.make('AUDIT_KEY'),
    AUDIT_SIGNING_KEY: canaries.know('AUDIT_SIGNING_KEY', newSigningKey()),
    // A folder that does not exist: writing fails and is logged.
    AUDIT_CHECKPOINTS: '/nonexistent/checkpoints.ndjson',
  })
  await service.alive()
  const user_id = randomUUID()
  const event = anEvent(userDeleted, {}, { user_id, key: user_id })
  const { status } = await send(service.url, 'POST', '/events/user-events', {
    headers: { 'content-type': 'application/json', 'dapr-api-token': env.APP_API_TOKEN, ...deliveryHeaders },
    body: JSON.stringify(bulkDelivery('user-events', [event, Buffer.from('nonsense')])),
  })
  assert.equal(status, 200)
  canaries.assertNoneIn(await everythingIn(database), 'the database')
  canaries.assertNoneIn((await send(service.url, 'GET', '/metrics')).text, '/metrics')
  await closeDatabase(database)
  await service.ended('SIGTERM')
  canaries.assertNoneIn(service.printed(), 'what audit-logger printed')
})

test('a service refused by its database logs it without the password', async (t) => {
  const canaries = createCanaries()
  const database = await testDatabase(t)
  const refused = Object.assign(new URL(database.urlFor('chat-api')), { password: canaries.make('a wrong password') })
  const away = `postgres://taskflow:${canaries.make('the password of a database that is away')}@127.0.0.1:1/x`
  for (const url of [refused.href, away]) {
    const service = await startProcess(t, 'chat-api', { ...settings(canaries), CHAT_API_DATABASE_URL: url })
    await service.alive()
    const { status, text } = await send(service.url, 'GET', '/readyz')
    assert.equal(status, 503)
    canaries.assertNoneIn(text, '/readyz')
    const login = JSON.stringify({ email: 'a@example.com', password: canaries.make('the password of a user') })
    const headers = { 'content-type': 'application/json' }
    const answer = await send(service.url, 'POST', '/api/v1/auth/login', { headers, body: login })
    assert.ok(answer.status >= 500)
    canaries.assertNoneIn(answer.text, 'the answer')
    await service.ended('SIGTERM')
    assert.match(service.printed(), /a request failed/)
    canaries.assertNoneIn(service.printed(), 'what it printed')
  }
})

test('an invalid configuration is refused with 78, without revealing its values', async (t) => {
  const canaries = createCanaries()
  const good = settings(canaries)
  const password = canaries.make('a password')
  const database = `postgres://taskflow:${password}@127.0.0.1:1/x`
  const smtp = `smtp://taskflow:${password}@127.0.0.1:1`
  const [short, key] = [canaries.know('a short secret', 'canary-8'), canaries.make('a key')]
  for (const [service, env] of [
    ['chat-api', { CHAT_API_DATABASE_URL: `mysql://x:${password}@host` }],
    ['chat-api', { CHAT_API_DATABASE_URL: `postgres://x:${password}@host:port/x` }],
    ['chat-api', { CHAT_API_DATABASE_URL: `postgres://x:${password}@` }],
    ['chat-api', { CHAT_API_DATABASE_URL: database, TOKEN_SECRET: short, APP_API_TOKEN: short }],
    ['chat-api', { CHAT_API_DATABASE_URL: database, PUBLIC_URL: password, CHAT_API_PORT: password }],
    ['notification-service', { NOTIFICATION_SERVICE_DATABASE_URL: database, SMTP_URL: smtp.replace('smtp', 'http') }],
    [
      'notification-service',
      { NOTIFICATION_SERVICE_DATABASE_URL: database, SMTP_URL: smtp, MAIL_FROM: `${key}, ${key}` },
    ],
    ['audit-logger', { AUDIT_LOGGER_DATABASE_URL: database, AUDIT_KEY: short, AUDIT_SIGNING_KEY: key }],
  ] as const) {
    const process = await startProcess(t, service, { ...good, ...env })
    assert.equal(await process.ended(), 78, `${service} ${Object.keys(env)}`)
    assert.match(process.printed(), /configuration: /)
    canaries.assertNoneIn(process.printed(), 'what it printed')
  }
})
