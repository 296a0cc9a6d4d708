import assert from 'node:assert/strict'
import { Writable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { createLog } from '@taskflow/service-kit'
import winston from 'winston'
import type { Deps } from '../src/deps.ts'
import { startChatApi } from '../testing/start-chat-api.ts'

const origin = 'https://evil.example'

/** A request to every operation, and to some that do not exist. */
const requests = async ({ service, anonymous }: Awaited<ReturnType<typeof startChatApi>>) => {
  const { paths } = (await anonymous.get('/openapi.json')).body as { paths: Record<string, object> }
  const known = Object.entries(paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => [method.toUpperCase(), path.replaceAll(/\{\w+\}/g, 'x')] as const),
  )
  const others = [
    ...known.map(([, path]) => ['OPTIONS', path] as const),
    ...['/healthz', '/readyz', '/metrics', '/nothing', '/%', '/dapr/subscribe'].map((path) => ['GET', path] as const),
    ['PUT', '/api/v1/tasks'],
    ['OPTIONS', '/nothing'],
    ['POST', '/events/task-reminders'],
  ] as const
  return (
    [...known, ...others]
      // Ends when its reader does.
      .filter(([method, path]) => `${method} ${path}` !== 'GET /api/v1/events')
      .map(([method, path]) => ({
        what: `${method} ${path}`,
        ask: (headers: Record<string, string>) => fetch(service.url + path, { method, headers, redirect: 'manual' }),
      }))
  )
}

test('no other site may read a response or send a request that needs preflight', async (t) => {
  const api = await startChatApi(t)
  const { token } = await api.signup()
  for (const { what, ask } of await requests(api)) {
    for (const authorization of ['', `Bearer ${token}`]) {
      const answer = await ask({
        origin,
        authorization,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, content-type',
      })
      await answer.body?.cancel()
      // What clients of /mcp read before authenticating: public and the same for all.
      if (what.includes('/.well-known/')) continue
      const allowed = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))
      assert.deepEqual(allowed, [], what)
      assert.equal(answer.headers.get('cross-origin-resource-policy'), 'same-origin', what)
    }
  }
})

test('no cache stores a personal answer or a problem; public documents may be stored', async (t) => {
  const api = await startChatApi(t)
  const { token } = await api.signup()
  const { paths } = (await api.anonymous.get('/openapi.json')).body as {
    paths: Record<string, Record<string, { security: object[] }>>
  }
  const isPersonal = (what: string) => {
    const [method = '', path] = what.toLowerCase().split(' ')
    const [, operations] =
      Object.entries(paths).find(([each]) => each.toLowerCase().replaceAll(/\{\w+\}/g, 'x') === path) ?? []
    const operation = operations?.[method]
    return operation !== undefined && (method !== 'get' || operation.security.length > 0)
  }
  for (const { what, ask } of await requests(api)) {
    if (!isPersonal(what)) continue
    for (const authorization of ['', `Bearer ${token}`]) {
      const answer = await ask({ authorization })
      await answer.body?.cancel()
      assert.equal(answer.headers.get('cache-control'), 'no-store', `${what} ${answer.status}`)
    }
  }
  for (const document of ['/openapi.json', '/.well-known/oauth-protected-resource/mcp']) {
    assert.doesNotMatch((await api.anonymous.get(document)).headers.get('cache-control') ?? '', /no-store/, document)
  }
})

const given = { correlation: 'asked-by-a-test', trace: '4bf92f3577b34da6a3ce929d0e0e4736', span: '00f067aa0ba902b7' }
const headers = { 'x-correlation-id': given.correlation, traceparent: `00-${given.trace}-${given.span}-01` }

test('every response carries its request ids, received or generated', async (t) => {
  const api = await startChatApi(t)
  for (const { what, ask } of await requests(api)) {
    const traced = await ask(headers)
    await traced.body?.cancel()
    assert.equal(traced.headers.get('x-correlation-id'), given.correlation, what)
    const [, trace, span] = /^00-(\w{32})-(\w{16})-00$/.exec(traced.headers.get('traceresponse') ?? '') ?? []
    assert.equal(trace, given.trace, what)
    assert.notEqual(span, given.span, what)

    const untraced = await ask({ 'x-correlation-id': 'x'.repeat(201), traceparent: 'nonsense' })
    await untraced.body?.cancel()
    assert.match(untraced.headers.get('x-correlation-id') ?? '', /^[0-9a-f-]{36}$/, what)
    assert.match(untraced.headers.get('traceresponse') ?? '', /^00-\w{32}-\w{16}-00$/, what)
  }
})

/** The log output, line by line. */
const capture = () => {
  const lines: Record<string, unknown>[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines.push(JSON.parse(String(chunk)))
      done()
    },
  })
  const log = createLog({ service: 'chat-api', level: 'info', terminal: false })
  log.clear().add(new winston.transports.Stream({ stream }))
  return { log, lines }
}

test('who is not allowed to do something is logged with what and why, once a minute; who asks nobody in is not', async (t) => {
  const { log, lines } = capture()
  const { signup, as, anonymous } = await startChatApi(t, { log })
  const ada = await signup()
  const { token } = (await ada.post('/api/v1/auth/tokens', { name: 'reads', scopes: ['tasks:read'] })).body
  for (let time = 0; time < 3; time++) {
    assert.equal((await ada.get('/api/v1/admin/mesh')).status, 403)
    assert.equal((await as(token).post('/api/v1/tasks', { title: 'x' })).status, 403)
  }
  await as(token).get('/api/v1/auth/sessions')
  await anonymous.get('/api/v1/tasks')
  const refusals = lines.filter(({ message }) => message === 'a request was not allowed')
  assert.deepEqual(
    refusals.map(({ level, user_id, method, route, reason }) => [level, user_id, method, route, reason]),
    [
      ['warn', ada.id, 'GET', '/api/v1/admin/mesh', 'this needs the admin role'],
      ['warn', ada.id, 'POST', '/api/v1/tasks', 'this needs the scope tasks:write, which your token does not have'],
      [
        ...['warn', ada.id, 'GET', '/api/v1/auth/sessions'],
        'this is for a person who has signed in: an API token may not do it',
      ],
    ],
  )
  assert.ok(refusals.every(({ trace_id, correlation_id }) => trace_id && correlation_id))
})

test('logs of a failed request carry its ids; events of a successful one also carry the client address', async (t: TestContext) => {
  const { log, lines } = capture()
  const checkPassword: Deps['checkPassword'] = async () => {
    throw new Error('something inside')
  }
  const { service, signup, anonymous } = await startChatApi(t, { log, checkPassword })
  const failed = await anonymous.post('/api/v1/auth/login', { email: 'a@example.com', password: 'x' }, headers)
  assert.deepEqual([failed.status, failed.body.type], [500, 'urn:taskflow:problem:internal'])
  assert.doesNotMatch(JSON.stringify(failed.body), /inside/)
  const ada = await signup()
  assert.equal((await ada.send('GET', '/api/v1/audit', undefined, headers)).status, 503)
  const logged = lines.filter(({ message }) => message === 'a request failed')
  assert.deepEqual(
    logged.map(({ path, trace_id, correlation_id }) => [path, trace_id, correlation_id]),
    ['/api/v1/auth/login', '/api/v1/audit'].map((path) => [path, given.trace, given.correlation]),
  )
  await ada.post('/api/v1/tasks', { title: 'x' }, headers)
  const event = (await service.outbox('tasks')).at(-1)!.event
  assert.equal(event.correlationid, given.correlation)
  assert.match(event.traceparent ?? '', new RegExp(`^00-${given.trace}-`))
  assert.match(event.clientaddress ?? '', /127\.0\.0\.1$/)
})
