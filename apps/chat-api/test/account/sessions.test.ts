import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { createAuthentication } from '../../src/account/authentication.ts'
import { createIdentityUpkeep } from '../../src/account/identity-upkeep.ts'
import { createArgon2Passwords, type Passwords } from '../../src/account/passwords.ts'
import { takeMails } from '../../testing/account-mails.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const argon2 = createArgon2Passwords()

type Api = Awaited<ReturnType<typeof startChatApi>>

const refresh = ({ anonymous }: Api, refresh_token: string) => anonymous.post('/api/v1/auth/refresh', { refresh_token })
const logout = ({ anonymous }: Api, refresh_token: string) => anonymous.post('/api/v1/auth/logout', { refresh_token })
const tasksStatus = async ({ as }: Api, token: string) => (await as(token).get('/api/v1/tasks')).status
const login = async ({ anonymous }: Api, { email, password }: { email: string; password: string }) =>
  anonymous.post('/api/v1/auth/login', { email, password })

test('refreshing returns a new pair; the refresh token is stored only as a hash', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const { status, headers, body } = await refresh(api, ada.refresh_token)
  assert.deepEqual([status, headers.get('cache-control'), body.expires_in], [200, 'no-store', 3_600])
  assert.deepEqual([body.user.id, body.user.email], [ada.id, ada.email])
  assert.match(body.refresh_token, /^tfr_[\w-]{43}$/)
  assert.notEqual(body.refresh_token, ada.refresh_token)
  assert.equal(await tasksStatus(api, body.token), 200)
  assert.equal((await refresh(api, body.refresh_token)).status, 200)
  const { rows } = await api.service.database.pool.query('SELECT * FROM identity.refresh_tokens')
  assert.equal(rows.length, 3)
  assert.doesNotMatch(JSON.stringify(rows), /tfr_/)
  assert.doesNotMatch(JSON.stringify(rows), new RegExp(ada.refresh_token.slice(4)))
})

test('reusing a refresh token ends its session and no other', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock })
  const ada = await api.signup()
  const other = (await login(api, ada)).body
  const next = (await refresh(api, ada.refresh_token)).body
  clock.advance({ seconds: 31 })
  assert.equal(await tasksStatus(api, next.token), 200)
  const { status, body } = await refresh(api, ada.refresh_token)
  assert.deepEqual([status, body.type], [401, 'urn:taskflow:problem:unauthorized'])
  assert.equal((await refresh(api, next.refresh_token)).status, 401)
  assert.equal(await tasksStatus(api, next.token), 401)
  assert.equal(await tasksStatus(api, ada.token), 401)
  assert.equal(await tasksStatus(api, other.token), 200)
  assert.equal((await refresh(api, other.refresh_token)).status, 200)
})

test('a repeated refresh within 30 s returns what the first did: two tabs at once, or a lost answer', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock })
  const ada = await api.signup()
  const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(api, ada.refresh_token)))
  assert.deepEqual(
    answers.map(({ status, body }) => [status, body.refresh_token]),
    Array(8).fill([200, answers[0]!.body.refresh_token]),
  )
  const next = await refresh(api, answers[0]!.body.refresh_token)
  clock.advance({ seconds: 30 })
  assert.equal((await refresh(api, ada.refresh_token)).body.refresh_token, answers[0]!.body.refresh_token)
  assert.equal(await tasksStatus(api, next.body.token), 200)
})

test('a browser keeps its refresh token in a cookie that no other site can use', async (t) => {
  const api = await startChatApi(t, {}, { PUBLIC_URL: 'https://tasks.example.com' })
  const { email, password } = await api.signup()
  const inCookie = { 'x-refresh-token': 'cookie' }
  const send = (path: string, body: object, headers: Record<string, string>) =>
    api.anonymous.post(`/api/v1/auth/${path}`, body, headers)
  const refreshCookie = ({ headers }: { headers: Headers }) =>
    headers.getSetCookie().find((each) => each.startsWith('__Host-taskflow_refresh='))!
  const signedIn = await send('login', { email, password }, inCookie)
  assert.equal('refresh_token' in signedIn.body, false)
  assert.match(
    refreshCookie(signedIn),
    /^__Host-taskflow_refresh=tfr_[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  const cookie = refreshCookie(signedIn).split(';')[0]!
  assert.equal((await send('refresh', {}, { cookie })).status, 422, 'a form of another site cannot send the header')
  assert.equal((await send('logout', {}, { cookie })).status, 422)
  const planted = { cookie: cookie.replace('__Host-', ''), ...inCookie }
  assert.equal((await send('refresh', {}, planted)).status, 422, 'another site of the domain cannot set the prefix')
  const refreshed = await send('refresh', {}, { cookie, ...inCookie })
  assert.deepEqual([refreshed.status, 'refresh_token' in refreshed.body], [200, false])
  assert.notEqual(refreshCookie(refreshed).split(';')[0], cookie)
  const last = { cookie: refreshCookie(refreshed).split(';')[0]!, ...inCookie }
  const out = await send('logout', {}, last)
  assert.deepEqual([out.status, refreshCookie(out).startsWith('__Host-taskflow_refresh=; Max-Age=0;')], [204, true])
  assert.equal((await send('refresh', {}, last)).status, 401)
})

test('another client that repeats a refresh ends the session at once: the token was copied', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const { body } = await refresh(api, ada.refresh_token)
  const from = { 'user-agent': 'somebody else' }
  const copied = await api.anonymous.post('/api/v1/auth/refresh', { refresh_token: ada.refresh_token }, from)
  assert.equal(copied.status, 401)
  assert.equal((await refresh(api, body.refresh_token)).status, 401)
})

test('a session ends 180 days after the sign-in, however often it is refreshed', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock })
  let { refresh_token } = await api.signup()
  for (let day = 0; day < 170; day += 10) {
    clock.advance({ hours: 240 })
    refresh_token = (await refresh(api, refresh_token)).body.refresh_token
  }
  clock.advance({ hours: 24 * 10 - 1 })
  const last = await refresh(api, refresh_token)
  assert.equal(last.status, 200)
  clock.advance({ hours: 1 })
  assert.equal((await refresh(api, last.body.refresh_token)).status, 401)
  assert.equal(await tasksStatus(api, last.body.token), 401)
})

test('sessions are listed with device, network and last use, to their person only', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock }, { TRUST_PROXY: '1' })
  const ada = await api.signup()
  const { email, password } = ada
  clock.advance({ minutes: 30 })
  const phone = await api.anonymous.post(
    '/api/v1/auth/login',
    { email, password },
    { 'user-agent': `A phone ${'x'.repeat(300)}`, 'x-forwarded-for': '2001:db8:1:2::9' },
  )
  clock.advance({ minutes: 29 })
  const { status, body } = await ada.get('/api/v1/auth/sessions')
  assert.equal(status, 200)
  assert.deepEqual(
    body.data.map(({ current, network, created_at, last_used_at, ends_at }: Record<string, unknown>) => ({
      current,
      network,
      created_at,
      last_used_at,
      ends_at,
    })),
    [
      {
        current: true,
        network: '127.0.0.1',
        created_at: '2026-01-01T00:00:00Z',
        last_used_at: '2026-01-01T00:59:00Z',
        ends_at: '2026-06-30T00:00:00Z',
      },
      {
        current: false,
        network: '2001:db8:1:2::/64',
        created_at: '2026-01-01T00:30:00Z',
        last_used_at: '2026-01-01T00:30:00Z',
        ends_at: '2026-06-30T00:30:00Z',
      },
    ],
  )
  assert.match(body.data[1].user_agent, /^A phone x{192}$/)
  assert.doesNotMatch(JSON.stringify(body), /tfr_|hash/)
  const eve = await api.signup()
  assert.equal((await eve.get('/api/v1/auth/sessions')).body.data.length, 1)
  assert.equal((await eve.delete(`/api/v1/auth/sessions/${body.data[1].id}`)).status, 404)
  assert.equal(await tasksStatus(api, phone.body.token), 200)
})

test('a person ends one session, or all others, at once', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const others = [(await login(api, ada)).body, (await login(api, ada)).body, (await login(api, ada)).body]
  for (const { token } of others) assert.equal(await tasksStatus(api, token), 200)
  const { body } = await api.as(others[0].token).get('/api/v1/auth/sessions')
  const { id } = body.data.find(({ current }: { current: boolean }) => current)
  for (const status of [204, 404]) assert.equal((await ada.delete(`/api/v1/auth/sessions/${id}`)).status, status)
  assert.deepEqual(
    await Promise.all([...others, ada].map(({ token }) => tasksStatus(api, token))),
    [401, 200, 200, 200],
  )
  assert.equal((await ada.delete('/api/v1/auth/sessions')).status, 204)
  assert.deepEqual(
    await Promise.all([...others, ada].map(({ token }) => tasksStatus(api, token))),
    [401, 401, 401, 200],
  )
})

test('a person has at most 20 sessions: the one unused longest ends', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock })
  const ada = await api.signup()
  const tokens: string[] = []
  for (let time = 0; time < 21; time++) {
    clock.advance({ minutes: 11 })
    assert.equal(await tasksStatus(api, ada.token), time < 5 ? 200 : 401)
    if (time === 4) clock.advance({ minutes: 30 }) // the access token of the sign-up expires
    tokens.push((await login(api, ada)).body.token)
  }
  const { rows } = await api.service.database.pool.query('SELECT count(*)::int FROM identity.sessions')
  assert.equal(rows[0].count, 20)
  clock.advance({ seconds: 11 })
  assert.equal(await tasksStatus(api, tokens.at(-1)!), 200)
})

test('changing the password also takes back API tokens and the calendar feed, when the person says so', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const make = async () => (await ada.post('/api/v1/auth/tokens', { name: 'a', scopes: ['tasks:read'] })).body.token
  const [first] = [await make(), await ada.post('/api/v1/calendar-feed', {})]
  const change = (current_password: string, new_password: string, also_revoke?: string[]) =>
    ada.post('/api/v1/auth/change-password', { current_password, new_password, ...(also_revoke && { also_revoke }) })
  assert.equal((await change(ada.password, 'battery staple')).status, 204)
  assert.equal(await tasksStatus(api, first), 200)
  assert.equal((await change('battery staple', 'paper clip', ['api_tokens', 'apps', 'calendar_feed'])).status, 204)
  assert.equal(await tasksStatus(api, first), 401)
  assert.equal((await ada.get('/api/v1/auth/tokens')).body.data.length, 0)
  const { rowCount } = await api.service.database.pool.query('SELECT FROM identity.calendar_feeds')
  assert.equal(rowCount, 0)
})

test('a session lasts while refreshed every 30 days; expired sessions are removed', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock })
  const ada = await api.signup()
  clock.advance({ hours: 24 * 30 - 1 })
  const next = await refresh(api, ada.refresh_token)
  assert.equal(next.status, 200)
  clock.advance({ hours: 24 * 30 - 1 })
  const upkeep = createIdentityUpkeep(api.service.deps)
  const count = async (table: string) =>
    Number((await api.service.database.pool.query(`SELECT count(*) FROM identity.${table}`)).rows[0].count)
  await upkeep.processDue()
  assert.deepEqual([await count('sessions'), await count('refresh_tokens')], [1, 1])
  clock.advance({ hours: 1 })
  assert.equal((await refresh(api, next.body.refresh_token)).status, 401)
  await upkeep.processDue()
  assert.deepEqual([await count('sessions'), await count('refresh_tokens')], [0, 0])
})

test('logging out ends the session at once; repeated or with an unknown token it also returns 204', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const other = (await login(api, ada)).body
  assert.equal(await tasksStatus(api, ada.token), 200)
  for (const _ of [1, 2]) assert.equal((await logout(api, ada.refresh_token)).status, 204)
  assert.equal((await logout(api, 'tfr_nobody')).status, 204)
  assert.equal(await tasksStatus(api, ada.token), 401)
  assert.equal((await refresh(api, ada.refresh_token)).status, 401)
  assert.equal(await tasksStatus(api, other.token), 200)
  assert.equal((await api.anonymous.post('/api/v1/auth/logout', {})).status, 422)
})

test('other replicas see within 10 s that a session has ended', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock })
  const ada = await api.signup()
  const replica = createAuthentication(api.service.deps)
  const ask = () => replica.authenticate(`Bearer ${ada.token}`)
  assert.equal((await ask()).user_id, ada.id)
  await logout(api, ada.refresh_token)
  clock.advance({ seconds: 10 })
  await assert.rejects(ask(), { status: 401 })
})

test('changing the password requires the current one and ends all other sessions', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const other = (await login(api, ada)).body
  assert.equal(await tasksStatus(api, other.token), 200)
  const change = (current_password: string, new_password = 'battery staple') =>
    ada.post('/api/v1/auth/change-password', { current_password, new_password })
  const wrong = await change('wrong')
  assert.deepEqual([wrong.status, wrong.body.errors[0].path], [422, 'current_password'])
  assert.deepEqual((await change(ada.password, 'short')).body.errors[0].path, 'new_password')
  assert.equal(await tasksStatus(api, other.token), 200, 'no session has ended yet')
  assert.equal((await change(ada.password)).status, 204)
  assert.equal(await tasksStatus(api, other.token), 401)
  assert.equal((await refresh(api, other.refresh_token)).status, 401)
  assert.equal(await tasksStatus(api, ada.token), 200)
  assert.equal((await refresh(api, ada.refresh_token)).status, 200)
  assert.equal((await login(api, ada)).status, 401)
  assert.equal((await login(api, { email: ada.email, password: 'battery staple' })).status, 200)
  assert.equal((await api.anonymous.post('/api/v1/auth/change-password', {})).status, 401)
})

test('a login with the old password, in progress during the change, does not survive it', async (t) => {
  let meanwhile = async () => {}
  const passwords: Passwords = {
    hash: argon2.hash,
    matches: async (password, stored) => {
      const matches = await argon2.matches(password, stored)
      const run = meanwhile
      meanwhile = async () => {}
      await run()
      return matches
    },
  }
  const api = await startChatApi(t, { passwords })
  const ada = await api.signup()
  meanwhile = async () => {
    const change = { current_password: ada.password, new_password: 'battery staple' }
    assert.equal((await ada.post('/api/v1/auth/change-password', change)).status, 204)
  }
  assert.equal((await login(api, ada)).status, 401)
})

test('a sign-in from a new place, a new password and a new API token are mailed to their owner', async (t) => {
  const api = await startChatApi(t, {}, { TRUST_PROXY: '1' })
  const ada = await api.signup()
  const kinds = async () => (await takeMails(api.service.database)).map(({ to, kind }) => [to, kind])
  await login(api, ada)
  assert.deepEqual(await kinds(), [], 'from where there is a session')
  const { email, password } = ada
  const from = { 'x-forwarded-for': '192.0.2.7', 'user-agent': 'A phone' }
  const { headers } = await api.anonymous.post('/api/v1/auth/login', { email, password }, from)
  assert.deepEqual(await kinds(), [[email, 'new-sign-in']])
  const cookie = headers.getSetCookie()[0]!.split(';')[0]!
  await api.anonymous.post('/api/v1/auth/login', { email, password }, { 'x-forwarded-for': '192.0.2.8', cookie })
  assert.deepEqual(await kinds(), [], 'a known browser elsewhere')
  await ada.post('/api/v1/auth/tokens', { name: 'x', scopes: ['tasks:read'] })
  await ada.post('/api/v1/auth/change-password', { current_password: password, new_password: 'battery staple' })
  assert.deepEqual(await kinds(), [
    [email, 'api-token-created'],
    [email, 'password-changed'],
  ])
})
