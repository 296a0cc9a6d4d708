import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { createAuthentication } from '../../src/account/authentication.ts'
import { createIdentityUpkeep } from '../../src/account/identity-upkeep.ts'
import { argon2Passwords, type Passwords } from '../../src/account/passwords.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

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
  const api = await startChatApi(t)
  const ada = await api.signup()
  const other = (await login(api, ada)).body
  const next = (await refresh(api, ada.refresh_token)).body
  assert.equal(await tasksStatus(api, next.token), 200)
  const { status, body } = await refresh(api, ada.refresh_token)
  assert.deepEqual([status, body.type], [401, 'urn:taskflow:problem:unauthorized'])
  assert.equal((await refresh(api, next.refresh_token)).status, 401)
  assert.equal(await tasksStatus(api, next.token), 401)
  assert.equal(await tasksStatus(api, ada.token), 401)
  assert.equal(await tasksStatus(api, other.token), 200)
  assert.equal((await refresh(api, other.refresh_token)).status, 200)
})

test('of concurrent refreshes exactly one succeeds; the session ends, since the token was copied', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const answers = await Promise.all(Array.from({ length: 8 }, () => refresh(api, ada.refresh_token)))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, ...Array(7).fill(401)])
  const winner = answers.find(({ status }) => status === 200)!
  assert.equal((await refresh(api, winner.body.refresh_token)).status, 401)
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
    hash: argon2Passwords.hash,
    matches: async (password, stored) => {
      const matches = await argon2Passwords.matches(password, stored)
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
