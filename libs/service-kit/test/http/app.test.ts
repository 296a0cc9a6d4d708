import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { endpoint, ignore, subscribe } from '@taskflow/service-kit'
import { z } from 'zod'
import { startTestService } from '../test-service.ts'

const subscriptions = [
  subscribe('dead-letters', { 'dead_letter.parked': ignore('in this test') }),
  subscribe('user-events', {
    'user.created': ignore('in this test'),
    'user.updated': ignore('in this test'),
    'user.deleted': ignore('in this test'),
    'admin.acted': ignore('not needed here'),
    'account.acted': ignore('not needed here'),
  }),
]

test('GET /dapr/subscribe lists exactly the mounted routes', async (t) => {
  const service = await startTestService(t, { subscriptions })
  const listed = (await (await service.asSidecar('/dapr/subscribe')).json()) as {
    route: string
    metadata: object
    bulkSubscribe: object
  }[]
  assert.deepEqual(
    listed.map(({ route }) => `POST ${route}`),
    service.app.routes().filter((route) => route.startsWith('POST /events/')),
  )
  assert.deepEqual(listed[0]?.metadata, { rawPayload: 'true' })
  assert.deepEqual(listed[0]?.bulkSubscribe, { enabled: true, maxMessagesCount: 500, maxAwaitDurationMs: 20 })
})

test('an internal service accepts only its sidecar, except for health and metrics', async (t) => {
  const service = await startTestService(t, { subscriptions })
  for (const path of ['/healthz', '/metrics']) assert.equal((await fetch(service.url + path)).status, 200, path)
  for (const path of ['/dapr/subscribe', '/dapr/config', '/events/dead-letters', '/anything']) {
    for (const headers of [{}, { 'dapr-api-token': 'wrong' }]) {
      const method = path.startsWith('/events') ? 'POST' : 'GET'
      assert.equal((await fetch(service.url + path, { method, headers })).status, 401, path)
    }
  }
  assert.equal((await service.asSidecar('/anything')).status, 404)
})

test('another app cannot reach events or subscriptions through Dapr, even with a valid token', async (t) => {
  const service = await startTestService(t, { subscriptions })
  // Without a caller, as one invokes who reaches the sidecar's internal port: the trace context gives it away.
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00'
  const forged: Record<string, string>[] = [
    { 'dapr-caller-app-id': 'chat-api' },
    { traceparent },
    { pubsubname: '', 'dapr-app-id': '' },
    { pubsubname: 'other', 'dapr-app-id': '' },
  ]
  const deliver = (headers: Record<string, string>) =>
    service.asSidecar('/events/dead-letters', { method: 'POST', body: '{"entries":[]}', headers })
  for (const headers of forged) {
    const what = JSON.stringify(headers)
    assert.equal((await deliver(headers)).status, 403, what)
    assert.equal((await service.asSidecar('/dapr/subscribe', { headers })).status, 403, what)
    assert.equal((await service.asSidecar('/dapr/config', { headers })).status, 403, what)
  }
  assert.equal((await deliver({})).status, 200)
})

test('without a sidecar a service runs, is alive and reports why it is not ready', async (t) => {
  const service = await startTestService(t, { subscriptions })
  const answer = await fetch(`${service.url}/readyz`)
  assert.equal(answer.status, 503)
  const { status, checks } = (await answer.json()) as { status: string; checks: Record<string, string> }
  assert.equal(status, 'degraded')
  assert.equal(checks.database, 'ok')
  assert.match(checks.sidecar ?? '', /does not answer.*npm start/)
})

test('a service is ready without its sidecar, but not without its database', async (t) => {
  const service = await startTestService(t, { subscriptions })
  assert.equal((await fetch(`${service.url}/readyz/requests`)).status, 200)
  await delay(1_100)
  t.mock.method(service.deps.pool, 'query', async () => {
    throw new Error('connection refused')
  })
  const answer = await fetch(`${service.url}/readyz/requests`)
  assert.equal(answer.status, 503)
  assert.match(((await answer.json()) as { checks: { database: string } }).checks.database, /connection refused/)
})

test('mesh endpoints accept only chat-api, through the sidecar; who else asks is logged', async (t) => {
  const service = await startTestService(t, { subscriptions })
  const warn = t.mock.method(service.deps.log, 'warn', () => service.deps.log)
  for (const [caller, status] of [
    ['chat-api', 200],
    ['audit-logger', 403],
    ['', 403],
  ] as const) {
    const answer = await service.asSidecar('/operator/delivery', {
      headers: caller ? { 'dapr-caller-app-id': caller } : {},
    })
    assert.equal(answer.status, status, caller)
  }
  const [line, ...more] = warn.mock.calls.map(({ arguments: given }) => given as unknown[])
  assert.deepEqual(more, [], 'once a minute')
  const what = { method: 'GET', route: '/operator/delivery', user_id: undefined, reason: 'only chat-api may ask this' }
  assert.deepEqual(line, ['a request was not allowed', what])
})

test('a failing endpoint returns problem+json without details of the error', async (t) => {
  const api = [
    endpoint({
      method: 'get',
      path: '/boom',
      summary: 'fails',
      access: 'mesh',
      query: z.strictObject({ n: z.coerce.number().optional() }),
      answers: {},
      handle: async () => {
        throw new Error('password=hunter2')
      },
    }),
  ]
  const service = await startTestService(t, { subscriptions, api })
  const answer = await service.asSidecar('/boom', { headers: { 'dapr-caller-app-id': 'chat-api' } })
  assert.equal(answer.status, 500)
  assert.equal(answer.headers.get('content-type'), 'application/problem+json; charset=utf-8')
  assert.doesNotMatch(await answer.text(), /hunter2|at /)
  const unknown = await service.asSidecar('/boom?m=1', { headers: { 'dapr-caller-app-id': 'chat-api' } })
  assert.equal(unknown.status, 422)
  assert.deepEqual(((await unknown.json()) as { errors: object[] }).errors, [
    { path: 'm', message: 'is not a known field' },
  ])
})
