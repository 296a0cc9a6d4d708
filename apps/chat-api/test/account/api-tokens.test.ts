import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { createAuthentication } from '../../src/account/authentication.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const path = '/api/v1/auth/tokens'

test('a token is shown once, works, shows when it was last used, and can be revoked', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:30Z')
  const { as, service, signup } = await startChatApi(t, { clock })
  const ada = await signup()
  const { status, headers, body } = await ada.post(path, { name: 'Import', scopes: ['tasks:read', 'tasks:read'] })
  const { token, ...shown } = body
  assert.deepEqual([status, headers.get('cache-control')], [201, 'no-store'])
  assert.match(token, /^tf_[\w-]{43}$/)
  assert.deepEqual(shown, {
    id: shown.id,
    name: 'Import',
    scopes: ['tasks:read'],
    created_at: '2026-01-01T00:00:30Z',
    expires_at: '2026-04-01T00:00:30Z',
    last_used_at: null,
  })
  assert.deepEqual((await ada.get(path)).body, { data: [shown], next_cursor: null })
  const { rows } = await service.database.pool.query('SELECT * FROM identity.api_tokens')
  assert.doesNotMatch(JSON.stringify(rows), new RegExp(token.slice(3)))

  await ada.post('/api/v1/tasks', { title: 'Pay rent' })
  const program = as(token)
  assert.equal((await program.get('/api/v1/tasks')).body.data[0].title, 'Pay rent')
  assert.equal((await ada.get(path)).body.data[0].last_used_at, '2026-01-01T00:00:00Z')
  clock.advance({ minutes: 2 })
  await program.get('/api/v1/tasks')
  assert.equal((await ada.get(path)).body.data[0].last_used_at, '2026-01-01T00:02:00Z')

  assert.equal((await ada.delete(`${path}/${shown.id}`)).status, 204)
  assert.equal((await program.get('/api/v1/tasks')).status, 401)
  assert.equal((await ada.delete(`${path}/${shown.id}`)).status, 404)
  assert.equal((await as(`tf_${'x'.repeat(43)}`).get('/api/v1/tasks')).status, 401)
})

test('a token expires in 90 days unless its person wishes otherwise', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const ada = await (await startChatApi(t, { clock })).signup()
  const expiryOf = async (wish: object) =>
    (await ada.post(path, { name: 'x', scopes: ['tasks:read'], ...wish })).body.expires_at
  assert.equal(await expiryOf({}), '2026-04-01T00:00:00Z')
  assert.equal(await expiryOf({ expires_at: null }), null)
  assert.equal(await expiryOf({ expires_at: '2030-01-01T00:00:00Z' }), '2030-01-01T00:00:00Z')
})

test('15 minutes after the sign-in a token needs the password: a stolen access token makes no lasting one', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const ada = await (await startChatApi(t, { clock })).signup()
  const make = (password?: string) =>
    ada.post(path, { name: 'x', scopes: ['tasks:read'], ...(password && { password }) })
  assert.equal((await make()).status, 201)
  assert.equal((await make('a guess')).status, 422)
  clock.advance({ minutes: 15 })
  const { status, body } = await make()
  assert.deepEqual([status, body.errors], [403, [{ path: 'password', message: 'is needed' }]])
  const wrong = await make('a guess')
  assert.deepEqual([wrong.status, wrong.body.errors[0].path], [422, 'password'])
  assert.equal((await make(ada.password)).status, 201)
})

test('other replicas reject a revoked token within 10 s', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { service, signup } = await startChatApi(t, { clock })
  const ada = await signup()
  const { token, id } = (await ada.post(path, { name: 'x', scopes: ['tasks:read'] })).body
  const replica = createAuthentication(service.deps)
  assert.equal((await replica.authenticate(`Bearer ${token}`)).user_id, ada.id)
  await ada.delete(`${path}/${id}`)
  clock.advance({ seconds: 10 })
  await assert.rejects(replica.authenticate(`Bearer ${token}`), { status: 401 })
})

test('a token is valid until it expires, to the second', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { as, signup } = await startChatApi(t, { clock })
  const ada = await signup()
  const wish = { name: 'x', scopes: ['tasks:read'], expires_at: '2026-01-01T00:00:05Z' }
  const program = as((await ada.post(path, wish)).body.token)
  clock.advance({ seconds: 4 })
  assert.equal((await program.get('/api/v1/tasks')).status, 200)
  clock.advance({ seconds: 1 })
  assert.equal((await program.get('/api/v1/tasks')).status, 401)
  const late = await ada.post(path, wish)
  assert.deepEqual([late.status, late.body.errors[0].path], [422, 'expires_at'])
})

test('invalid tokens are rejected by field; tokens of other users are not found', async (t) => {
  const { anonymous, signup } = await startChatApi(t)
  const [ada, eve] = [await signup(), await signup()]
  const refused: [object, string][] = [
    [{ scopes: ['tasks:read'] }, 'name'],
    [{ name: 'x', scopes: [] }, 'scopes'],
    [{ name: 'x', scopes: ['everything'] }, 'scopes.0'],
    [{ name: 'x', scopes: ['tasks:read'], expires_at: 'tomorrow' }, 'expires_at'],
    [{ name: 'x', scopes: ['tasks:read'], user_id: ada.id }, 'user_id'],
  ]
  for (const [body, field] of refused) {
    const answer = await ada.post(path, body)
    assert.deepEqual([answer.status, answer.body.errors[0].path], [422, field])
  }
  const { id } = (await ada.post(path, { name: 'x', scopes: ['tasks:read'] })).body
  assert.deepEqual((await eve.get(path)).body.data, [])
  assert.equal((await eve.delete(`${path}/${id}`)).status, 404)
  assert.equal((await ada.get(path)).body.data.length, 1)
  assert.equal((await anonymous.get(path)).status, 401)
})

test('a user has at most 100 tokens', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  await service.database.pool.query(
    `INSERT INTO identity.api_tokens (id, user_id, name, scopes, hash, created_at)
     SELECT gen_random_uuid(), $1, 'x', '{tasks:read}', n::text, now() FROM generate_series(1, 100) AS n`,
    [ada.id],
  )
  const { status, body } = await ada.post(path, { name: 'x', scopes: ['tasks:read'] })
  assert.deepEqual([status, body.type], [409, 'urn:taskflow:problem:conflict'])
})

test('a token is limited to its scopes: 403 names the missing one', async (t) => {
  const { as, signup } = await startChatApi(t)
  const ada = await signup()
  const program = async (...scopes: string[]) => as((await ada.post(path, { name: 'x', scopes })).body.token)
  const reader = await program('tasks:read')
  const { status, headers, body } = await reader.post('/api/v1/tasks', { title: 'x' })
  assert.deepEqual([status, body.type], [403, 'urn:taskflow:problem:forbidden'])
  assert.match(body.detail, /tasks:write/)
  assert.match(headers.get('www-authenticate') ?? '', /error="insufficient_scope", scope="tasks:write"/)
  const rule = { rule: 'daily', start: '2026-01-01T09:00:00' }
  assert.equal((await reader.post('/api/v1/recurrence/preview', rule)).status, 200, 'a preview changes nothing')
  const writer = await program('tasks:write')
  assert.equal((await writer.post('/api/v1/tasks', { title: 'x' })).status, 201)
  assert.match((await writer.get('/api/v1/tasks')).body.detail, /tasks:read/)
  const profile = await program('account:read')
  assert.equal((await profile.get('/api/v1/auth/me')).body.id, ada.id)
  assert.match((await profile.patch('/api/v1/auth/me', { name: 'Eve' })).body.detail, /account:write/)
  assert.equal((await (await program('account:write')).patch('/api/v1/auth/me', { name: 'Eve' })).status, 200)
})

test('every authenticated endpoint requires a token scope or a session', async (t) => {
  const { anonymous, as, service, signup } = await startChatApi(t)
  const ada = await signup()
  const program = as((await ada.post(path, { name: 'x', scopes: ['account:read'] })).body.token)
  const allowed: string[] = []
  for (const route of service.app.routes()) {
    const [method = '', address = ''] = route.split(' ')
    if (!address.startsWith('/api/v1/')) continue
    const url = address.replaceAll(/:\w+/g, randomUUID())
    if ((await anonymous.send(method, url)).status !== 401) continue
    const { status } = await program.send(method, url)
    if (status !== 403) allowed.push(`${route} ${status}`)
  }
  assert.deepEqual(allowed.toSorted(), [
    'GET /api/v1/auth/me 200',
    'GET /api/v1/calendar-feed 404',
    'GET /api/v1/notifications 503',
    'GET /api/v1/notifications/preferences 200',
    'GET /api/v1/notifications/webhook 404',
  ])
})

test('tokens, password and account require a session, whatever scopes a token has', async (t) => {
  const { as, operator } = await startChatApi(t)
  const root = await operator()
  const scopes = ['tasks:read', 'tasks:write', 'account:read', 'account:write', 'admin']
  const { token, id } = (await root.post(path, { name: 'x', scopes })).body
  const program = as(token)
  const passwords = { current_password: root.password, new_password: 'battery staple' }
  for (const answer of [
    await program.get(path),
    await program.post(path, { name: 'y', scopes: ['tasks:read'] }),
    await program.delete(`${path}/${id}`),
    await program.post('/api/v1/auth/change-password', passwords),
    await program.send('DELETE', '/api/v1/auth/me', { password: root.password }),
  ]) {
    assert.deepEqual([answer.status, answer.body.type], [403, 'urn:taskflow:problem:forbidden'])
    assert.match(answer.body.detail, /signed in/)
  }
  assert.equal((await program.get('/api/v1/auth/me')).status, 200)
})

test('operator endpoints require both the admin role and the admin scope', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { as, operator, service, signup } = await startChatApi(t, { clock })
  const [ada, root] = [await signup(), await operator()]
  assert.equal((await ada.post(path, { name: 'x', scopes: ['admin'] })).status, 403)
  const program = async (scope: string) => as((await root.post(path, { name: 'x', scopes: [scope] })).body.token)
  const users = '/api/v1/admin/users'
  const [without, holder] = [await program('tasks:read'), await program('admin')]
  assert.match((await without.get(users)).body.detail, /the scope admin/)
  assert.equal((await holder.get(users)).status, 200)
  assert.match((await ada.get(users)).body.detail, /the admin role/)
  await service.database.pool.query(`UPDATE identity.users SET role = 'user' WHERE id = $1`, [root.id])
  clock.advance({ seconds: 10 })
  assert.match((await holder.get(users)).body.detail, /the admin role/)
})

test('a calendar feed and a webhook show tasks, so making one requires tasks:read too', async (t) => {
  const { as, signup } = await startChatApi(t)
  const ada = await signup()
  const program = async (...scopes: string[]) => as((await ada.post(path, { name: 'x', scopes })).body.token)
  const [writer, both] = [await program('account:write'), await program('account:write', 'tasks:read')]
  const hook = { url: 'https://hooks.example/x' }
  const ways = [
    (caller: typeof writer) => caller.post('/api/v1/calendar-feed'),
    (caller: typeof writer) => caller.send('PUT', '/api/v1/notifications/webhook', hook),
  ]
  for (const make of ways) {
    const refused = await make(writer)
    assert.deepEqual([refused.status, /tasks:read/.test(refused.body.detail)], [403, true])
    assert.match(refused.headers.get('www-authenticate') ?? '', /scope="tasks:read"/)
  }
  assert.equal((await ada.get('/api/v1/calendar-feed')).status, 404)
  assert.equal((await ada.get('/api/v1/notifications/webhook')).status, 404)
  for (const make of ways) for (const caller of [both, ada]) assert.ok((await make(caller)).status < 300)
  // Taking one away reveals nothing.
  assert.equal((await writer.delete('/api/v1/calendar-feed')).status, 204)
  assert.equal((await writer.delete('/api/v1/notifications/webhook')).status, 204)
})

test('a token of an admin who is none any more has lost the scope admin', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { as, operator, service } = await startChatApi(t, { clock })
  const root = await operator()
  const { token } = (await root.post(path, { name: 'x', scopes: ['tasks:read', 'admin'] })).body
  const scopes = async () => (await createAuthentication(service.deps).authenticate(`Bearer ${token}`)).scopes
  assert.deepEqual(await scopes(), ['tasks:read', 'admin'])
  await service.database.pool.query(`UPDATE identity.users SET role = 'user' WHERE id = $1`, [root.id])
  assert.deepEqual(await scopes(), ['tasks:read'])
  clock.advance({ seconds: 10 })
  const program = as(token)
  for (const address of [
    '/api/v1/admin/users',
    '/api/v1/audit?user_id=all',
    '/api/v1/audit/export?user_id=all',
    '/api/v1/audit/export?sealed=true',
    '/api/v1/audit/x/causation?user_id=all',
  ]) {
    assert.equal((await program.get(address)).status, 403, address)
  }
  assert.equal((await program.get('/api/v1/tasks')).status, 200)
})
