import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { connect } from 'node:net'
import { test } from 'node:test'
import { sealedTokenKey } from '@taskflow/event-contracts'
import {
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
} from '@taskflow/test-kit'
import { compactDecrypt } from 'jose'

test('no secret of chat-api or its users appears in a log, problem, metric, row or event', async (t) => {
  const canaries = createCanaries()
  const database = await testDatabase(t)
  const env = settings(canaries)
  const chatApi = await startProcess(t, 'chat-api', {
    ...env,
    CHAT_API_DATABASE_URL: await loginFor(database, 'chat-api', canaries.make('the password of the database')),
    CHAT_API_DAPR_HTTP_PORT: '1',
    LOGIN_FAILURES_ALLOWED: '2',
    OPENID_PROVIDERS: JSON.stringify([
      {
        ...{ id: 'local', name: 'Local', issuer: 'http://127.0.0.1:1', client_id: 'taskflow' },
        client_secret: canaries.make('the secret that a provider gave'),
      },
    ]),
  })
  await chatApi.alive()

  const json = { 'content-type': 'application/json' }
  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    send(chatApi.url, 'POST', path, {
      headers: { ...json, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const password = canaries.make('the password of a user')
  const person = { email: `${randomUUID()}@example.com`, password, name: 'Ada' }
  const signedIn = JSON.parse((await post('/api/v1/auth/signup', person)).body)
  const { rows: mails } = await database.pool.query('SELECT sealed_token FROM identity.account_mails')
  const opened = await compactDecrypt(mails[0].sealed_token, sealedTokenKey(env.LINK_SECRET))
  const mailToken = canaries.know('the token of a mail', new TextDecoder().decode(opened.plaintext))
  const bearer = { authorization: `Bearer ${canaries.know('an access token', signedIn.token)}` }
  const refresh_token = canaries.know('a refresh token', signedIn.refresh_token)
  const apiToken = await post('/api/v1/auth/tokens', { name: 'x', scopes: ['tasks:read'] }, bearer)
  const program = { authorization: `Bearer ${canaries.know('an API token', JSON.parse(apiToken.body).token)}` }
  const { url: feed } = JSON.parse((await post('/api/v1/calendar-feed', {}, bearer)).body)
  const feedToken = canaries.know('a calendar address', /tfc_[\w-]+/.exec(feed)![0])
  const webhook = await send(chatApi.url, 'PUT', '/api/v1/notifications/webhook', {
    headers: { ...json, ...bearer },
    body: JSON.stringify({ url: 'https://example.com/hook' }),
  })
  canaries.know('the secret of a webhook', JSON.parse(webhook.body).secret.replace('whsec_', ''))
  const task = JSON.parse((await post('/api/v1/tasks', { title: 'x' }, bearer)).body)
  const wrong = canaries.make('a wrong password')
  const forged = canaries.know('a forged token', `eyJhbGciOiJIUzI1NiJ9.${randomBytes(40).toString('base64url')}.c2lnbg`)

  /** Every problem type, each with a secret in the request. */
  const met = new Map<string, string>()
  const meet = async (answer: ReturnType<typeof send>) => {
    const { status, text, body } = await answer
    assert.ok(status >= 400, text)
    met.set(JSON.parse(body).type.replace('urn:taskflow:problem:', ''), text)
    canaries.assertNoneIn(text, 'the answer')
  }
  await meet(post('/api/v1/auth/login', `{"password":"${password}",`))
  await meet(post('/api/v1/auth/login', { email: person.email, password: wrong, refresh_token }))
  await meet(post('/api/v1/auth/login', { email: password, password }))
  await meet(post('/api/v1/auth/signup', { ...person, password: wrong.repeat(10) }))
  await meet(post('/api/v1/auth/signup', { ...person, time_zone: password, locale: password }))
  await meet(post('/api/v1/auth/signup', person))
  await meet(post('/api/v1/auth/reset-password', { token: mailToken, new_password: password }))
  await meet(post('/api/v1/auth/confirm-email', { token: [mailToken] }))
  assert.equal((await post('/api/v1/auth/confirm-email', { token: mailToken })).status, 200)
  await meet(post('/api/v1/auth/confirm-email', { token: mailToken }))
  await meet(post('/api/v1/auth/openid/login/options', { provider: 'local' }))
  await meet(post('/api/v1/auth/openid/login', { provider: 'local', response: `code=${forged}&state=${forged}` }))
  await meet(post('/api/v1/auth/refresh', { refresh_token: forged }))
  await meet(post('/api/v1/auth/refresh', { refresh_token: [refresh_token] }))
  await meet(post('/api/v1/tasks', { title: 'x', due_date: password, priority: password, recurrence_rule: 7 }, bearer))
  await meet(post('/api/v1/tasks', { title: 'x' }, { authorization: `Bearer ${forged}` }))
  await meet(post('/api/v1/tasks', { title: 'x' }, { authorization: password }))
  await meet(post('/api/v1/tasks', { title: 'x' }, program))
  await meet(post('/api/v1/tasks', { title: 'x'.repeat(1_100_000), password }, bearer))
  await meet(post('/api/v1/tasks', password, { ...bearer, 'content-type': 'text/plain' }))
  await meet(post('/api/v1/tasks', password, { ...bearer, 'content-encoding': 'gzip' }))
  await meet(
    send(chatApi.url, 'PATCH', `/api/v1/tasks/${task.id}`, {
      headers: { ...json, ...bearer, 'if-match': '"9"' },
      body: '{}',
    }),
  )
  await meet(send(chatApi.url, 'GET', `/calendar/${feedToken}`))
  await meet(send(chatApi.url, 'GET', `/calendar/${feedToken}x.ics`))
  await meet(send(chatApi.url, 'GET', `/api/v1/tasks/${forged}`, { headers: bearer }))
  await meet(send(chatApi.url, 'DELETE', `/links/${forged}`))
  await meet(send(chatApi.url, 'GET', `/api/v1/audit?cursor=${refresh_token}`, { headers: bearer }))
  await meet(send(chatApi.url, 'GET', '/api/v1/audit', { headers: bearer }))
  await meet(post('/events/task-reminders', '{}', { 'dapr-api-token': wrong }))
  const invoked = { 'dapr-api-token': env.APP_API_TOKEN, 'dapr-caller-app-id': 'audit-logger' }
  await meet(post('/events/task-reminders', '{}', invoked))
  const key = randomUUID()
  const lock = await database.pool.connect()
  await lock.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`idempotency:${signedIn.user.id} ${key}`])
  await meet(post('/api/v1/tasks', { title: 'x' }, { ...bearer, 'idempotency-key': key }))
  lock.release(true)
  for (let attempt = 0; attempt < 3; attempt++)
    await meet(post('/api/v1/auth/login', { email: person.email, password: wrong }))
  const socket = connect(Number(new URL(chatApi.url).port), '127.0.0.1')
  await once(socket, 'connect')
  socket.write(`GET / HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${(forged + password).repeat(200)}\r\n\r\n`)
  const [overflow] = await once(socket, 'data')
  canaries.assertNoneIn(String(overflow), 'the answer to too long a head')
  socket.destroy()

  // HTML pages show no secret either.
  for (const method of ['GET', 'POST']) {
    const page = await send(chatApi.url, method, `/links/${forged}`)
    canaries.assertNoneIn(page.text, 'the page of a link')
  }
  // Events that cannot be read or handled are reported with their reasons.
  const asSidecar = { 'dapr-api-token': env.APP_API_TOKEN, ...deliveryHeaders }
  const unreadable = Buffer.from('{"type":"nonsense"')
  const delivery = bulkDelivery('task-reminders', [unreadable])
  assert.equal((await post('/events/task-reminders', delivery, asSidecar)).status, 200)

  // Internal errors appear only in the log.
  await database.pool.query('ALTER TABLE identity.users RENAME TO away')
  await meet(post('/api/v1/auth/login', { email: 'somebody@example.com', password }))
  await meet(post('/api/v1/auth/signup', { ...person, email: 'somebody@example.com' }))
  await database.pool.query('ALTER TABLE identity.away RENAME TO users')
  const rows = await everythingIn(database)
  canaries.assertNoneIn(rows, 'the database')
  assert.match(rows, /tasks\.outbox .*dead_letter\.parked/)
  const { text: metrics } = await send(chatApi.url, 'GET', '/metrics')
  canaries.assertNoneIn(metrics, '/metrics')
  for (const path of ['/openapi.json', '/asyncapi.json', '/readyz'])
    canaries.assertNoneIn((await send(chatApi.url, 'GET', path)).text, path)

  await closeDatabase(database)
  await meet(post('/api/v1/auth/login', { email: 'somebody@example.com', password }))
  assert.equal(await chatApi.ended('SIGTERM'), 0)
  assert.match(chatApi.printed(), /a request failed/)
  assert.match(chatApi.printed(), /cannot be read and is parked/)
  canaries.assertNoneIn(chatApi.printed(), 'what chat-api printed')

  const types = ['conflict', 'forbidden', 'in-progress', 'internal', 'invalid', 'malformed', 'method-not-allowed']
  types.push('not-found', 'not-json', 'precondition-failed', 'service-unavailable', 'too-large', 'too-many-requests')
  assert.deepEqual([...met.keys()].toSorted(), [...types, 'unauthorized', 'unsupported-media-type'].toSorted())
})
