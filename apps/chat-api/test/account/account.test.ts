import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { generate } from 'otplib'
import { createIdentityUpkeep } from '../../src/account/identity-upkeep.ts'
import { createAuthenticator } from '../../testing/authenticator.ts'
import { aConversation } from '../../testing/start-chat.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

type Api = Awaited<ReturnType<typeof startChatApi>>
type Someone = Awaited<ReturnType<Api['signup']>>

const me = '/api/v1/auth/me'

test('users read their account and change name, time zone and locale', async (t) => {
  const { anonymous, service, signup } = await startChatApi(t)
  const [ada, eve] = [await signup(), await signup()]
  const { status, body } = await ada.get(me)
  assert.equal(status, 200)
  const { created_at } = body
  const own = { has_password: true, email_confirmed: true, email_suppressed: false }
  const before = {
    ...{ id: ada.id, email: ada.email, name: 'Ada', role: 'user', time_zone: 'UTC', locale: 'en', created_at },
    ...own,
  }
  assert.deepEqual(body, before)
  const changed = await ada.patch(me, { name: 'Ada L.', time_zone: 'Europe/London', locale: 'en-gb' })
  const after = { ...before, name: 'Ada L.', time_zone: 'Europe/London', locale: 'en-GB' }
  assert.deepEqual([changed.status, changed.body], [200, after])
  assert.deepEqual((await ada.get(me)).body, after)
  assert.equal((await eve.get(me)).body.name, 'Ada')
  // The event carries neither names nor unchanged values.
  await ada.patch(me, { name: 'Ada Lovelace', time_zone: 'Europe/London' })
  await ada.patch(me, {})
  const published = (await service.outbox('tasks')).filter(({ event }) => event.type === 'user.updated')
  assert.deepEqual(
    published.map(({ topic, key, event }) => [topic, key, event.data.user, event.data.changed]),
    [
      [
        'user-events',
        ada.id,
        { id: ada.id, time_zone: 'Europe/London', locale: 'en-GB' },
        { time_zone: ['UTC', 'Europe/London'], locale: ['en', 'en-GB'] },
      ],
    ],
  )
  assert.doesNotMatch(JSON.stringify(published), /Ada/)
  const refused: [object, string][] = [
    [{ name: '' }, 'name'],
    [{ time_zone: 'Mars' }, 'time_zone'],
    [{ locale: '!' }, 'locale'],
    [{ role: 'admin' }, 'role'],
    [{ email: 'eve@example.com' }, 'email'],
  ]
  for (const [patch, field] of refused) {
    const answer = await ada.patch(me, patch)
    assert.deepEqual([answer.status, answer.body.errors[0].path], [422, field])
  }
  assert.equal((await anonymous.get(me)).status, 401)
  assert.equal((await anonymous.patch(me, {})).status, 401)
})

/** Gives a user a row in every table where chat-api stores personal data. */
const settle = async ({ service, anonymous }: Api, person: Someone) => {
  const due_date = '2031-01-31T09:00:00Z'
  const recurring = { title: 'Rent', due_date, recurrence_rule: 'monthly', reminders: [{ type: '1_hour_before' }] }
  const { status } = await person.post('/api/v1/tasks', recurring, { 'idempotency-key': randomUUID() })
  assert.equal(status, 201)
  const { id } = (await person.post('/api/v1/tasks', { title: 'Gone' })).body
  assert.equal((await person.delete(`/api/v1/tasks/${id}`)).status, 204)
  await person.send('PUT', '/api/v1/notifications/webhook', { url: 'https://hooks.example' })
  await person.patch('/api/v1/notifications/preferences', { daily_digest: '08:00' })
  await person.post('/api/v1/auth/tokens', { name: 'x', scopes: ['tasks:read'] })
  await person.post('/api/v1/calendar-feed')
  await person.post('/api/v1/auth/change-email', { email: `new-${person.email}`, password: person.password })
  await aConversation(service.database.pool, person.id)
  await anonymous.post('/api/v1/auth/login', { email: person.email, password: 'a guess' })
  await service.database.pool.query(
    `INSERT INTO tasks.used_links (id, user_id, expires_at) VALUES (gen_random_uuid(), $1, now() + interval '1 day')`,
    [person.id],
  )
  await service.database.pool.query(
    `WITH head AS (INSERT INTO tasks.feed_heads (user_id, last_sequence) VALUES ($1, 1))
     INSERT INTO tasks.feed (user_id, sequence, type, event, stored_at) VALUES ($1, 1, 'task.created', '{}', now())`,
    [person.id],
  )
  await service.database.pool.query(
    `INSERT INTO tasks.inbox (event_id, state, type, user_id, topic, partition, kafka_offset, key, received_at, attempts,
                              next_attempt_at, body)
     VALUES (gen_random_uuid(), 'deferred', 'reminder.due', $1, 'task-reminders', 0, 1, 'k', now(), 1, now(), 'content')`,
    [person.id],
  )
  await service.database.pool.query('INSERT INTO tasks.occurrence_counts VALUES ($1, current_date, 1)', [person.id])
  await service.database.pool.query('INSERT INTO identity.chat_tokens VALUES ($1, current_date, 1)', [person.id])
  const authenticator = createAuthenticator('http://localhost:8080')
  const response = authenticator.register((await person.post('/api/v1/auth/passkeys/options', {})).body)
  assert.equal((await person.post('/api/v1/auth/passkeys', { name: 'Phone', response })).status, 201)
  await person.post('/api/v1/auth/passkeys/options', {})
  const { secret } = (await person.post('/api/v1/auth/second-factor', {})).body
  await person.post('/api/v1/auth/second-factor/confirm', { code: await generate({ secret }) })
  await service.database.pool.query(
    `INSERT INTO identity.oauth_state (model, id, user_id, payload, created_at, expires_at)
     VALUES ('Grant', gen_random_uuid()::text, $1, '{}', now(), now() + interval '1 day')`,
    [person.id],
  )
  await service.database.pool.query(
    `INSERT INTO identity.openid_links (id, user_id, issuer, subject, created_at)
     VALUES (gen_random_uuid(), $1, 'https://accounts.example/', 'ada-' || gen_random_uuid(), now())`,
    [person.id],
  )
  await service.database.pool.query(
    `INSERT INTO identity.openid_states (hash, browser_hash, provider, user_id, expires_at)
     VALUES (gen_random_uuid()::text, '', 'local', $1, now() + interval '1 day')`,
    [person.id],
  )
}

/** Counts a user's rows per table of chat-api: rows naming the user, and rows referencing those. */
const rowsOf = async ({ service }: Api, user_id: string): Promise<Record<string, number>> => {
  const { pool } = service.database
  const { rows: tables } = await pool.query<{ name: string }>(
    `SELECT format('%I.%I', table_schema, table_name) AS name FROM information_schema.columns
     JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema IN ('identity', 'tasks') AND column_name = 'user_id' AND table_type = 'BASE TABLE'`,
  )
  const counts = tables
    .map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS count FROM ${name} WHERE user_id = $1`)
    .concat(`SELECT 'identity.users', count(*)::int FROM identity.users WHERE id = $1`)
    .concat(`SELECT 'identity.refresh_tokens', count(*)::int FROM identity.refresh_tokens
             JOIN identity.sessions ON sessions.id = session_id WHERE user_id = $1`)
    .concat(
      `SELECT 'tasks.reminders', count(*)::int FROM tasks.reminders JOIN tasks.tasks ON tasks.id = task_id WHERE user_id = $1`,
    )
  const { rows } = await pool.query<{ name: string; count: number }>(counts.join(' UNION ALL '), [user_id])
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]))
}

test('deleting an account leaves no rows of that user in any table and publishes the deletion', async (t) => {
  const api = await startChatApi(t)
  const [ada, ben] = [await api.signup(), await api.signup()]
  await settle(api, ada)
  await settle(api, ben)
  const [before, bens] = [await rowsOf(api, ada.id), await rowsOf(api, ben.id)]
  for (const [table, count] of Object.entries(before)) {
    if (table !== 'tasks.forgotten_users') assert.ok(count > 0, `this test gives the person no row in ${table}`)
  }
  assert.equal((await ada.send('DELETE', me, { password: ada.password })).status, 204)

  // The id stays, to recognise late and repeated events of that user.
  const { 'tasks.forgotten_users': tombstones, 'tasks.inbox': inbox, ...others } = await rowsOf(api, ada.id)
  assert.deepEqual([tombstones, inbox], [1, 1])
  assert.deepEqual(others, Object.fromEntries(Object.keys(others).map((table) => [table, 0])))
  assert.deepEqual(await rowsOf(api, ben.id), bens)
  const query = async (sql: string) => (await api.service.database.pool.query(sql)).rows
  assert.deepEqual(await query(`SELECT state, body FROM tasks.inbox WHERE user_id = '${ada.id}'`), [
    { state: 'discarded', body: null },
  ])
  assert.deepEqual((await query('SELECT count(*)::int FROM tasks.reminders'))[0], { count: 1 }, 'of Ben')
  assert.deepEqual((await query('SELECT count(*)::int FROM identity.refresh_tokens'))[0], { count: 1 }, 'of Ben')
  assert.deepEqual(
    (await query(`SELECT count(*)::int FROM identity.attempts WHERE subject LIKE 'login account %'`))[0],
    { count: 1 },
    'of Ben',
  )
  const last = (await api.service.outbox('tasks')).at(-1)
  assert.deepEqual([last?.topic, last?.key, last?.event.type], ['user-events', ada.id, 'user.deleted'])
  assert.equal(last?.event.data.user_id, ada.id)
})

test('a deleted user cannot log in and may sign up again as a new user', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const program = api.as((await ada.post('/api/v1/auth/tokens', { name: 'x', scopes: ['account:read'] })).body.token)
  assert.equal((await ada.get(me)).status, 200)
  await ada.send('DELETE', me, { password: ada.password })
  assert.equal((await ada.get(me)).status, 401)
  assert.equal((await program.get(me)).status, 401)
  const { email, password, refresh_token } = ada
  assert.equal((await api.anonymous.post('/api/v1/auth/refresh', { refresh_token })).status, 401)
  assert.equal((await api.anonymous.post('/api/v1/auth/login', { email, password })).status, 401)
  const again = await api.signup({ email })
  assert.notEqual(again.id, ada.id)
  assert.deepEqual((await again.get('/api/v1/tasks')).body.data, [])
})

test('deleting an account requires its password; otherwise nothing is deleted', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  await settle(api, ada)
  const before = await rowsOf(api, ada.id)
  const wrong = await ada.send('DELETE', me, { password: 'a guess' })
  assert.deepEqual([wrong.status, wrong.body.errors[0].path], [422, 'password'])
  assert.deepEqual((await ada.send('DELETE', me, {})).body.errors[0].path, 'password')
  assert.equal((await api.anonymous.send('DELETE', me, { password: ada.password })).status, 401)
  // The wrong try is counted beside the failed sign-in of before.
  assert.deepEqual(await rowsOf(api, ada.id), { ...before, 'identity.failed_sign_ins': 2 })
})

test('a task written while the account was being deleted is removed afterwards', async (t) => {
  const api = await startChatApi(t)
  const [ada, ben] = [await api.signup(), await api.signup()]
  await ben.post('/api/v1/tasks', { title: 'Of Ben' })
  const late = { title: 'Late', recurrence_rule: 'daily', due_date: '2031-01-01T09:00:00Z' }
  const { id, series_id } = (await ben.post('/api/v1/tasks', late)).body
  await ada.send('DELETE', me, { password: ada.password })
  const { pool } = api.service.database
  await pool.query('UPDATE tasks.tasks SET user_id = $1 WHERE id = $2', [ada.id, id])
  await pool.query('UPDATE tasks.series SET user_id = $1 WHERE id = $2', [ada.id, series_id])
  await createIdentityUpkeep(api.service.deps).processDue()
  assert.deepEqual((await pool.query('SELECT title FROM tasks.tasks')).rows, [{ title: 'Of Ben' }])
  assert.deepEqual((await pool.query('SELECT id FROM tasks.series')).rows, [])
})

test('an account with any number of tasks is deleted: a batch at once, the rest in the background', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const due_date = '2031-01-31T09:00:00Z'
  await ada.post('/api/v1/tasks', { title: 'Rent', due_date, recurrence_rule: 'monthly' })
  await ada.post('/api/v1/tasks', { title: 'One' })
  const { pool } = api.service.database
  await pool.query(`
    INSERT INTO tasks.tasks (id, user_id, title, description, priority, time_zone, is_completed, tags, version, created_at,
      updated_at, recurrence_interval, recurrence_mode, recurrence_anchor, recurrence_catch_up, deleted_at)
    SELECT gen_random_uuid(), user_id, title, description, priority, time_zone, is_completed, tags, version, created_at,
      updated_at, recurrence_interval, recurrence_mode, recurrence_anchor, recurrence_catch_up,
      CASE WHEN n % 3 = 0 THEN now() END
    FROM tasks.tasks, generate_series(1, 12000) AS n WHERE title = 'One'`)
  assert.equal((await ada.send('DELETE', me, { password: ada.password })).status, 204)
  const left = async () => (await pool.query('SELECT FROM tasks.tasks')).rowCount
  assert.equal(await left(), 7_002)
  assert.equal((await pool.query('SELECT FROM tasks.series WHERE is_active')).rowCount, 0, 'nothing recurs meanwhile')
  const upkeep = createIdentityUpkeep(api.service.deps)
  for (const expected of [2_002, 0]) {
    await upkeep.processDue()
    assert.equal(await left(), expected)
  }
  for (const table of ['series', 'reminders', 'usage'])
    assert.equal((await pool.query(`SELECT FROM tasks.${table}`)).rowCount, 0, table)
})

test('operators list accounts by address prefix, newest first, in pages', async (t) => {
  const { operator, signup } = await startChatApi(t)
  const root = await operator()
  const path = '/api/v1/admin/users'
  const emails = ['ann@example.com', 'Anna@example.com', 'a_b@example.com']
  for (const email of emails) await signup({ email })
  const shown = async (search: string) => {
    const { status, body } = await root.get(`${path}?${search}`)
    assert.equal(status, 200)
    return body.data.map(({ email }: { email: string }) => email)
  }
  assert.deepEqual(await shown('limit=3'), emails.toReversed())
  assert.deepEqual(await shown('email=ANN'), ['Anna@example.com', 'ann@example.com'])
  assert.deepEqual(await shown('email=a_'), ['a_b@example.com'])
  const { data, next_cursor } = (await root.get(`${path}?limit=2`)).body
  assert.deepEqual(Object.keys(data[0]).toSorted(), [
    ...['created_at', 'email', 'id', 'locale', 'name', 'role', 'suspended_at', 'time_zone'],
  ])
  const rest = (await root.get(`${path}?limit=2&cursor=${next_cursor}`)).body
  assert.deepEqual(
    [...data, ...rest.data].map(({ email }) => email),
    [...emails.toReversed(), root.email],
  )
  assert.equal(rest.next_cursor, null)
  const wrong = await root.get(`${path}?cursor=nonsense`)
  assert.deepEqual([wrong.status, wrong.body.errors[0].path], [422, 'cursor'])
  const ada = await signup()
  assert.equal((await ada.get(path)).status, 403)
})

test('a suspended account is signed out, signs in no more, and its tokens and feed are refused', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { anonymous, as, operator, service, signup } = await startChatApi(t, { clock })
  const [root, ada] = [await operator(), await signup()]
  const { token } = (await ada.post('/api/v1/auth/tokens', { name: 'x', scopes: ['tasks:read'] })).body
  const feed = new URL((await ada.post('/api/v1/calendar-feed', {})).body.url).pathname
  const { email, password } = ada
  const login = () => anonymous.post('/api/v1/auth/login', { email, password })
  const uses = async () => [
    (await ada.get('/api/v1/tasks')).status,
    (await as(token).get('/api/v1/tasks')).status,
    (await fetch(service.url + feed)).status,
    (await login()).status,
  ]
  assert.deepEqual(await uses(), [200, 200, 200, 200])
  const path = `/api/v1/admin/users/${ada.id}`
  assert.equal((await ada.post(`${path}/suspend`)).status, 403)
  assert.equal((await root.post(`${path}/suspend`)).status, 204)
  clock.advance({ seconds: 10 })
  assert.deepEqual(await uses(), [401, 401, 404, 403])
  assert.match((await login()).body.detail, /suspended/)
  assert.equal((await anonymous.post('/api/v1/auth/login', { email, password: 'a guess' })).status, 401)
  const { data } = (await root.get(`/api/v1/admin/users?email=${email}`)).body
  assert.equal(data[0].suspended_at, '2026-01-01T00:00:00Z')
  assert.equal((await root.post(`${path}/resume`)).status, 204)
  clock.advance({ seconds: 10 })
  assert.deepEqual(await uses(), [401, 200, 200, 200])
  assert.equal((await root.post(`/api/v1/admin/users/${root.id}/suspend`)).status, 409)
  assert.equal((await root.post(`/api/v1/admin/users/${crypto.randomUUID()}/suspend`)).status, 404)
})

test('an operator signs an account out everywhere', async (t) => {
  const { operator, signup } = await startChatApi(t)
  const [root, ada] = [await operator(), await signup()]
  assert.equal((await ada.get('/api/v1/tasks')).status, 200)
  assert.equal((await root.delete(`/api/v1/admin/users/${ada.id}/sessions`)).status, 204)
  assert.equal((await ada.get('/api/v1/tasks')).status, 401)
})

test('nothing is sent for a suspended account', async (t) => {
  const { operator, service, signup } = await startChatApi(t)
  const [root, ada] = [await operator(), await signup()]
  const recipients = async () =>
    (await service.database.pool.query('SELECT FROM identity.recipients WHERE user_id = $1', [ada.id])).rowCount
  assert.equal(await recipients(), 1)
  await root.post(`/api/v1/admin/users/${ada.id}/suspend`)
  assert.equal(await recipients(), 0)
  await root.post(`/api/v1/admin/users/${ada.id}/resume`)
  assert.equal(await recipients(), 1)
})
