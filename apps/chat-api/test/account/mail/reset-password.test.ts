import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { takeMails } from '../../../testing/account-mails.ts'
import { startChatApi } from '../../../testing/start-chat-api.ts'

const start = async (t: Parameters<typeof startChatApi>[0], env: Record<string, string> = {}) => {
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const hashed: string[] = []
  const passwords = {
    hash: async (password: string) => {
      hashed.push(password)
      return `hash of ${password}`
    },
    matches: async (password: string, stored: string | undefined) => stored === `hash of ${password}`,
  }
  const api = await startChatApi(t, { clock, passwords }, env)
  const { deps, database } = api.service
  return {
    ...api,
    ...{ clock, hashed },
    forgot: (email: string) => api.anonymous.post('/api/v1/auth/forgot-password', { email }),
    reset: (token: string | undefined, more: object = {}) =>
      api.anonymous.post('/api/v1/auth/reset-password', { token, new_password: 'battery staple', ...more }),
    login: (email: string, password: string) => api.anonymous.post('/api/v1/auth/login', { email, password }),
    mails: async () => {
      await deps.resetAnswers.processDue()
      return takeMails(database)
    },
  }
}

test('a forgotten password is replaced by the link of a mail, once, and every session ends', async (t) => {
  const { service, signup, forgot, reset, login, mails } = await start(t)
  const ada = await signup()
  await login(ada.email, ada.password)
  assert.equal((await forgot(ada.email.toUpperCase())).status, 202)
  const [mail, ...others] = await mails()
  assert.deepEqual([mail?.to, mail?.kind, mail?.can_refuse, others], [ada.email, 'reset-password', false, []])

  const tries = await Promise.all([1, 2, 3].map(() => reset(mail?.token)))
  assert.deepEqual(tries.map(({ status }) => status).toSorted(), [204, 422, 422])
  assert.equal((await ada.get('/api/v1/auth/me')).status, 401)
  assert.equal((await ada.post('/api/v1/auth/refresh', { refresh_token: ada.refresh_token })).status, 401)
  assert.equal((await login(ada.email, ada.password)).status, 401)
  assert.equal((await login(ada.email, 'battery staple')).status, 200)
  assert.deepEqual(
    (await mails()).map(({ to, kind }) => [to, kind]),
    [
      [ada.email, 'password-reset'],
      [ada.email, 'new-sign-in'],
    ],
  )
  const acts = (await service.outbox('tasks')).filter(({ event }) => event.type === 'account.acted')
  const resets = acts.map(({ event }) => event.data.action).filter((action) => /reset/.test(String(action)))
  assert.deepEqual(resets, ['password_reset_requested', 'password_reset'])
})

test('an address without an account gets the same answer after the same statements, and no mail', async (t) => {
  const { signup, forgot, mails, service } = await start(t)
  const ada = await signup()
  const statements: string[] = []
  const { pool } = service.deps
  const watched = new WeakSet()
  pool.on('acquire', (client) => {
    if (watched.has(client)) return
    watched.add(client)
    const query = client.query.bind(client)
    client.query = ((first: string | { text: string }, ...rest: []) => {
      statements.push(typeof first === 'string' ? first : first.text)
      return query(first as never, ...rest)
    }) as never
  })
  const seen = async (email: string) => {
    statements.length = 0
    const { status, body, headers } = await forgot(email)
    const shown = [...headers].filter(([name]) => !['date', 'traceresponse'].includes(name)).map(([name]) => name)
    // NOTIFY is sent by itself, for the sign-up before.
    return { status, body, shown, statements: statements.filter((text) => !text.includes('pg_notify')) }
  }
  const known = await seen(ada.email)
  assert.deepEqual(await seen('nobody@example.com'), known)
  assert.ok(known.statements.some((text) => /reset_requests/.test(text)))
  assert.deepEqual(
    (await mails()).map(({ to }) => to),
    [ada.email],
  )
  const { rows } = await service.database.pool.query('SELECT * FROM identity.reset_requests')
  assert.deepEqual(rows, [], 'no address is kept')
})

test('API tokens and the calendar feed end or stay as the person chooses', async (t) => {
  const { signup, as, forgot, reset, mails } = await start(t)
  for (const keeps of [false, true]) {
    const ada = await signup()
    const { token } = (await ada.post('/api/v1/auth/tokens', { name: 'x', scopes: ['account:read'] })).body
    assert.equal((await as(token).get('/api/v1/auth/me')).status, 200)
    await ada.post('/api/v1/calendar-feed')
    await forgot(ada.email)
    const mail = (await mails()).find(({ kind }) => kind === 'reset-password')
    const chosen = keeps ? {} : { also_revoke: ['api_tokens', 'calendar_feed'] }
    assert.equal((await reset(mail?.token, chosen)).status, 204)
    assert.equal((await as(token).get('/api/v1/auth/me')).status, keeps ? 200 : 401)
    const again = (await as().post('/api/v1/auth/login', { email: ada.email, password: 'battery staple' })).body
    assert.equal((await as(again.token).get('/api/v1/calendar-feed')).status, keeps ? 200 : 404)
    await mails()
  }
})

test('the owner of an address takes over the account that somebody else made with it', async (t) => {
  const { service, signup, as, forgot, reset, mails } = await start(t, { REQUIRE_CONFIRMED_EMAIL: 'true' })
  const { pool } = service.database
  const eve = await signup({ email: 'ada@example.com' })
  const { token } = (await eve.post('/api/v1/auth/tokens', { name: 'x', scopes: ['account:read'] })).body
  await eve.send('PUT', '/api/v1/notifications/webhook', { url: 'https://eve.example' })
  for (const insert of [
    `second_factors (user_id, secret, created_at) VALUES ($1, '', now())`,
    `recovery_codes (user_id, hash) VALUES ($1, '')`,
    `passkeys (id, user_id, name, public_key, counter, transports, created_at) VALUES ('', $1, '', '', 0, '{}', now())`,
    `oauth_state (model, id, user_id, payload, created_at, expires_at) VALUES ('Grant', '', $1, '{}', now(), now())`,
  ])
    await pool.query(`INSERT INTO identity.${insert}`, [eve.id])
  await mails()
  await forgot('ada@example.com')
  const [mail] = await mails()
  assert.deepEqual([mail?.kind, mail?.can_refuse], ['reset-password', true])
  assert.equal((await reset(mail?.token)).status, 204)
  for (const theirs of [eve.token, token]) assert.equal((await as(theirs).get('/api/v1/auth/me')).status, 401)
  const { body } = await as().post('/api/v1/auth/login', { email: 'ada@example.com', password: 'battery staple' })
  const ada = as(body.token)
  assert.equal((await ada.get('/api/v1/auth/me')).body.email_confirmed, true)
  assert.equal((await ada.get('/api/v1/notifications/webhook')).status, 404)
  for (const table of ['second_factors', 'recovery_codes', 'passkeys', 'oauth_state', 'calendar_feeds']) {
    const { rowCount } = await pool.query(`SELECT FROM identity.${table} WHERE user_id = $1`, [eve.id])
    assert.equal(rowCount, 0, table)
  }
})

test('a link works for an hour, and for the password that was forgotten only', async (t) => {
  const { signup, forgot, reset, mails, clock, hashed } = await start(t)
  const ada = await signup()
  await forgot(ada.email)
  await forgot(ada.email)
  const [late, spoilt] = await mails()
  const passwords = { current_password: ada.password, new_password: 'something else' }
  assert.equal((await ada.post('/api/v1/auth/change-password', passwords)).status, 204)
  assert.equal((await reset(spoilt?.token)).status, 422, 'the password was changed meanwhile')
  await forgot(ada.email)
  clock.advance({ hours: 1 })
  assert.equal((await reset(late?.token)).status, 422, 'expired')
  const before = hashed.length
  for (const token of ['', 'tfm_nonsense', ada.token, 'a'.repeat(200)]) assert.equal((await reset(token)).status, 422)
  assert.equal(hashed.length, before, 'no password is hashed for somebody without a link')
})

test('a new password lets in whom somebody’s guesses locked out', async (t) => {
  const { signup, forgot, reset, login, mails } = await start(t, { LOGIN_FAILURES_ALLOWED: '2' })
  const ada = await signup()
  for (const _ of [1, 2, 3]) await login(ada.email, 'a guess')
  assert.equal((await login(ada.email, ada.password)).status, 429)
  await forgot(ada.email)
  const [mail] = await mails()
  await reset(mail?.token)
  assert.equal((await login(ada.email, 'battery staple')).status, 200)
})

test('so many mails for an address, known or not, and from a network; a link of one of them still works', async (t) => {
  const { signup, forgot, reset, mails, clock } = await start(t, { ACCOUNT_MAILS_PER_NETWORK_PER_HOUR: '9' })
  const ada = await signup()
  for (const email of [ada.email, 'nobody@example.com']) {
    const statuses: number[] = []
    for (const _ of [1, 2, 3, 4]) statuses.push((await forgot(email)).status)
    assert.deepEqual(statuses, [202, 202, 202, 429])
  }
  const [, , last] = await mails()
  clock.advance({ minutes: 59 })
  assert.equal((await forgot(ada.email)).status, 429)
  assert.match((await forgot('somebody@example.com')).body.detail, /from your network address/)
  assert.equal((await reset(last?.token)).status, 204)
})

test('each request is answered once by two replicas; old ones are dropped', async (t) => {
  const { signup, forgot, mails, service, clock } = await start(t, { PASSWORD_RESETS_PER_ADDRESS_PER_HOUR: '0' })
  const other = await startChatApi(t, { clock }, {}, service.database)
  const ada = await signup()
  for (let count = 0; count < 8; count++) await forgot(ada.email)
  await Promise.all([service.deps.resetAnswers.processDue(), other.service.deps.resetAnswers.processDue()])
  assert.equal((await mails()).length, 8)
  await forgot(ada.email)
  clock.advance({ hours: 1 })
  assert.deepEqual(await mails(), [])
})
