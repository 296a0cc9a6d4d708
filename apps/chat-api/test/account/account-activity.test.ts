import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { countFailedSignIn, createFailedSignInLoop } from '../../src/account/failed-sign-ins.ts'
import { filesOf } from '../../testing/files.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

type Api = Awaited<ReturnType<typeof startChatApi>>
type Json = Record<string, unknown>

/** What has been published about accounts. */
const acts = async ({ service }: Pick<Api, 'service'>) =>
  (await service.outbox('tasks')).flatMap(({ topic, key, event }) => {
    if (event.type !== 'account.acted') return []
    const data = event.data as unknown as {
      user_id: string
      action: string
      actor: string
      details: Json
      user_agent: string
    }
    return [{ topic, key, address: event.clientaddress, ...data }]
  })
const actions = async (api: Pick<Api, 'service'>) => (await acts(api)).map(({ action }) => action)

const agent = { 'user-agent': 'Firefox' }
const login = ({ anonymous }: Api, email: string, password: string) =>
  anonymous.post('/api/v1/auth/login', { email, password }, agent)

test('a sign-in is published with its network address and client, and no secret', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const { token, refresh_token } = (await login(api, ada.email, ada.password)).body
  const [act, ...others] = await acts(api)
  assert.deepEqual(others, [])
  const { details, address, ...rest } = act!
  assert.deepEqual(rest, {
    topic: 'user-events',
    key: ada.id,
    schema_version: '2.1',
    user_id: ada.id,
    action: 'signed_in',
    actor: 'person',
    user_agent: 'Firefox',
  })
  assert.match(address ?? '', /127\.0\.0\.1$/)
  assert.deepEqual(Object.keys(details), ['method', 'session_id'])
  const text = JSON.stringify(act)
  for (const secret of [ada.email, ada.password, token, refresh_token]) assert.ok(!text.includes(secret))
})

test('every change of what can act for an account is published with who made it', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const other = (await login(api, ada.email, ada.password)).body
  const made = (await ada.post('/api/v1/auth/tokens', { name: 'Import', scopes: ['account:write', 'tasks:read'] })).body
  const program = api.as(made.token)
  const hook = '/api/v1/notifications/webhook'
  await program.send('PUT', hook, { url: 'https://hooks.example/secret-path?key=1' })
  await program.delete(hook)
  await program.delete(hook)
  const feed = '/api/v1/calendar-feed'
  await ada.post(feed)
  await ada.post(feed)
  await ada.delete(feed)
  await ada.delete(feed)
  await filesOf(api).get('/api/v1/export?format=csv', { authorization: `Bearer ${ada.token}` })
  await ada.delete(`/api/v1/auth/tokens/${made.id}`)
  await ada.delete(`/api/v1/auth/tokens/${made.id}`)
  await ada.post('/api/v1/auth/change-password', { current_password: ada.password, new_password: 'battery staple' })
  await api.anonymous.post('/api/v1/auth/logout', { refresh_token: other.refresh_token })
  const { refresh_token } = (await api.anonymous.post('/api/v1/auth/refresh', { refresh_token: ada.refresh_token }))
    .body
  const elsewhere = { 'user-agent': 'another client' }
  await api.anonymous.post('/api/v1/auth/refresh', { refresh_token: ada.refresh_token }, elsewhere)
  await api.anonymous.post('/api/v1/auth/refresh', { refresh_token })
  const again = (await login(api, ada.email, 'battery staple')).body
  for (const _ of [1, 2]) await api.anonymous.post('/api/v1/auth/logout', { refresh_token: again.refresh_token })
  const published = await acts(api)
  assert.deepEqual(
    published.map(({ action, actor }) => [action, actor]),
    [
      ['signed_in', 'person'],
      ['api_token_created', 'person'],
      ['webhook_set', 'api_token'],
      ['webhook_deleted', 'api_token'],
      ['calendar_feed_created', 'person'],
      ['calendar_feed_replaced', 'person'],
      ['calendar_feed_deleted', 'person'],
      ['data_exported', 'person'],
      ['api_token_revoked', 'person'],
      ['password_changed', 'person'],
      ['refresh_token_reused', 'anyone'],
      ['signed_in', 'person'],
      ['signed_out', 'person'],
    ],
  )
  assert.ok(published.every(({ user_id, key }) => user_id === ada.id && key === ada.id))
  const detailsOf = (wanted: string) => published.find(({ action }) => action === wanted)!.details
  assert.deepEqual(detailsOf('webhook_set'), { host: 'hooks.example' })
  assert.deepEqual(detailsOf('api_token_revoked'), { token_id: made.id, name: 'Import' })
  assert.deepEqual(detailsOf('password_changed'), { ended_sessions: 1 })
  assert.deepEqual(detailsOf('data_exported'), { what: 'tasks', format: 'csv' })
  assert.ok(!JSON.stringify(published).includes('secret-path'))
})

test('what cannot be recorded is not done', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  await api.service.database.pool.query('REVOKE INSERT ON tasks.outbox FROM taskflow_chat_api')
  assert.equal((await login(api, ada.email, ada.password)).status, 500)
  assert.equal((await ada.post('/api/v1/calendar-feed')).status, 500)
  assert.equal((await ada.get('/api/v1/calendar-feed')).status, 404)
  assert.equal((await ada.get('/api/v1/export')).status, 500)
})

const startGuessing = async (t: Parameters<typeof startChatApi>[0], env: Record<string, string> = {}) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock }, { LOGIN_FAILURES_ALLOWED: '0', ...env })
  const loop = createFailedSignInLoop(api.service.deps)
  const stored = async () => (await api.service.database.pool.query('SELECT * FROM identity.failed_sign_ins')).rows
  return { clock, api, loop, stored, ada: await api.signup() }
}

test('failed sign-ins are one record an account and network a minute, with their count', async (t) => {
  const { api, ada, clock, loop, stored } = await startGuessing(t)
  for (let i = 0; i < 25; i++) assert.equal((await login(api, ada.email, `wrong ${i}`)).status, 401)
  await loop.processDue()
  assert.deepEqual(await actions(api), [], 'they are still being counted')
  clock.advance({ minutes: 1 })
  await loop.processDue()
  const [act, ...others] = await acts(api)
  assert.deepEqual(others, [])
  const { user_id, action, actor, user_agent, details, address } = act!
  assert.deepEqual([user_id, action, actor, user_agent], [ada.id, 'sign_in_failed', 'anyone', 'Firefox'])
  assert.deepEqual(details, { count: 25, since: '2026-01-01T00:00:00.000Z' })
  assert.match(address ?? '', /127\.0\.0\.1$/)
  assert.deepEqual(await stored(), [])
  await loop.processDue()
  assert.equal((await acts(api)).length, 1)
})

test('who signs in finds the failed tries of before, also those with which changes were confirmed', async (t) => {
  const { api, ada } = await startGuessing(t)
  await login(api, ada.email, 'wrong')
  await ada.post('/api/v1/auth/change-password', { current_password: 'wrong', new_password: 'battery staple' })
  await ada.send('DELETE', '/api/v1/auth/me', { password: 'wrong' })
  await login(api, ada.email, ada.password)
  const published = await acts(api)
  assert.deepEqual(published.map(({ action, actor, details }) => [action, actor, details.count]).toSorted(), [
    ['confirmation_failed', 'person', 2],
    ['sign_in_failed', 'anyone', 1],
    ['signed_in', 'person', undefined],
  ])
})

test('tries that a limit refuses are counted too: at sign-in, and where the password confirms', async (t) => {
  const { api, ada, clock, loop } = await startGuessing(t, { LOGIN_FAILURES_ALLOWED: '2' })
  const statuses: number[] = []
  for (let i = 0; i < 5; i++) statuses.push((await login(api, ada.email, `wrong ${i}`)).status)
  const given = { current_password: 'wrong', new_password: 'battery staple' }
  for (let i = 0; i < 2; i++) statuses.push((await ada.post('/api/v1/auth/change-password', given)).status)
  for (let i = 0; i < 2; i++) statuses.push((await ada.send('DELETE', '/api/v1/auth/me', { password: 'wrong' })).status)
  assert.deepEqual(statuses, [401, 401, 429, 429, 429, 422, 422, 429, 429])
  clock.advance({ minutes: 1 })
  await loop.processDue()
  assert.deepEqual((await acts(api)).map(({ action, details }) => [action, details.count]).toSorted(), [
    ['confirmation_failed', 4],
    ['sign_in_failed', 5],
  ])
})

test('guesses from many networks make at most eleven records a minute', async (t) => {
  const { api, ada, clock, loop } = await startGuessing(t)
  const guess = (n: number) =>
    countFailedSignIn(api.service.deps, {
      user_id: ada.id,
      action: 'sign_in_failed',
      address: `2001:db8:0:${n.toString(16)}::1`,
      headers: {},
    })
  for (let n = 0; n < 200; n++) await guess(n)
  clock.advance({ minutes: 1 })
  await loop.processDue()
  const published = await acts(api)
  assert.equal(published.length, 11)
  const sum = published.reduce((total, { details }) => total + Number(details.count), 0)
  assert.equal(sum, 200, 'all are counted')
  const rest = published.find(({ details }) => details.networks === 'many')
  assert.deepEqual([rest?.details.count, rest?.address], [190, undefined])
})

test('of an address without an account nothing is published, and only the network is kept, for a minute', async (t) => {
  const { api, clock, loop, stored } = await startGuessing(t)
  await login(api, 'nobody@example.org', 'wrong')
  const rows = await stored()
  assert.equal(rows.length, 1)
  assert.doesNotMatch(JSON.stringify(rows), /nobody|example\.org/)
  clock.advance({ minutes: 1 })
  await loop.processDue()
  assert.deepEqual([await actions(api), await stored()], [[], []])
})

test('the failed tries of a deleted account go with it', async (t) => {
  const { api, ada, clock, loop, stored } = await startGuessing(t)
  await login(api, ada.email, 'wrong')
  await ada.send('DELETE', '/api/v1/auth/me', { password: ada.password })
  assert.deepEqual(await stored(), [])
  await countFailedSignIn(api.service.deps, {
    user_id: ada.id,
    action: 'sign_in_failed',
    address: '192.0.2.1',
    headers: {},
  })
  clock.advance({ minutes: 1 })
  await loop.processDue()
  assert.deepEqual(await actions(api), [])
})
