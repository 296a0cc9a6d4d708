import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { userDeleted } from '@taskflow/event-contracts'
import { endpoint, ignore, type ServiceDefinition, subscribe } from '@taskflow/service-kit'
import { anEvent } from '@taskflow/test-kit'
import { z } from 'zod'
import { startTestService } from '../test-service.ts'

/** Shorter than in production, and far enough apart to tell which one applied. */
const timeouts = { head: 300, request: 600, stalled: 400, idle: 400, check: 20 }

const echo = endpoint({
  method: 'post',
  path: '/echo',
  summary: 'says it again',
  access: 'public',
  body: z.strictObject({ text: z.string() }),
  answers: { 200: z.unknown() },
  handle: async ({ body }) => ({ status: 200, body }),
})

const beats = async function* () {
  for (let beat = 0; beat < 8; beat++) {
    await delay(200)
    yield `: ${beat}\n\n`
  }
}

const stream = endpoint({
  method: 'get',
  path: '/stream',
  summary: 'lives',
  access: 'public',
  produces: 'text/event-stream',
  answers: { 200: z.unknown() },
  handle: async () => ({ status: 200, body: Readable.from(beats()) }),
})

const accessControl = {
  authenticate: () => assert.fail('nobody signs in here'),
  countRequest: async () => ({}),
  countAnonymous: async () => ({}),
  recordAdminUse: async () => {},
  trustedProxies: 0,
}

const start = async (t: TestContext, parts: Partial<ServiceDefinition> = {}) => {
  const service = await startTestService(t, { subscriptions: [], api: [echo], accessControl, timeouts, ...parts })
  const port = Number(new URL(service.url).port)
  return {
    ...service,
    /** Opens the connection of a misbehaving client. */
    open: async () => {
      const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
      t.after(() => socket.destroy())
      socket.on('error', () => {})
      await once(socket, 'connect')
      return socket
    },
    /** A request of another client, which must still succeed. */
    ask: async () => {
      const answer = await fetch(`${service.url}/echo`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"text":"hello"}',
      })
      assert.deepEqual([answer.status, await answer.json()], [200, { text: 'hello' }])
    },
  }
}

/** Everything the server sends until it closes the connection. */
const readAll = async (socket: Socket): Promise<string> => {
  const texts: Buffer[] = []
  try {
    for await (const chunk of socket) texts.push(chunk)
  } catch (error) {
    // What was written in the moment of the closing is answered by a reset.
    if (texts.length === 0) throw error
  }
  return Buffer.concat(texts).toString()
}

const head = (path: string, ...headers: string[]) =>
  ['POST', 'GET'].map((method) => [`${method} ${path} HTTP/1.1`, 'host: x', ...headers, '', ''].join('\r\n'))
const [postEcho] = head('/echo', 'content-type: application/json', 'content-length: 16') as [string]

/** Sends a text character by character until the connection closes. */
const drip = async (socket: Socket, text: string) => {
  for (const letter of text) {
    // Once it has answered, the server has closed: a second write would fail, and what it said be lost.
    if (!socket.writable || socket.bytesRead > 0) return
    socket.write(letter)
    await delay(40)
  }
}

/** Status and type of the problem response, which closes the connection. */
const problemIn = (answer: string) => {
  const [headers = '', body = ''] = answer.split('\r\n\r\n')
  for (const header of [
    'content-type: application/problem+json; charset=utf-8',
    `content-length: ${body.length}`,
    'connection: close',
  ])
    assert.ok(headers.includes(header), answer)
  assert.match(headers, /\r\nx-correlation-id: [\w-]{36}\r\ntraceresponse: 00-[0-9a-f]{32}-[0-9a-f]{16}-00/)
  const problem = JSON.parse(body)
  assert.ok(headers.startsWith(`HTTP/1.1 ${problem.status} ${problem.title}\r\n`), answer)
  return [problem.status, problem.type]
}

test('slow headers and bodies time out with a problem, while others are served', async (t) => {
  const { open, ask } = await start(t)
  const started = performance.now()
  const [slowHead, slowBody] = [await open(), await open()]
  slowBody.write(postEcho.replace('length: 16', 'length: 1000'))
  const drips = [drip(slowHead, postEcho), drip(slowBody, `{"text":"${'x'.repeat(100)}`)]
  const answers = Promise.all([readAll(slowHead), readAll(slowBody)])
  await ask()
  for (const answer of await answers) assert.deepEqual(problemIn(answer), [408, 'urn:taskflow:problem:too-slow'])
  assert.ok(performance.now() - started < 10_000)
  await Promise.all(drips)
})

test('hundreds of silent connections block nobody and are closed', async (t) => {
  const { open, ask } = await start(t)
  const idle = await Promise.all(Array.from({ length: 300 }, open))
  await ask()
  await Promise.all(idle.map(readAll))
  await ask()
})

test('an idle keep-alive connection is closed', async (t) => {
  const { open } = await start(t)
  const socket = await open()
  socket.write(`${postEcho}{"text":"hello"}`)
  assert.match(await readAll(socket), /^HTTP\/1.1 200 OK\r\n.*\r\n\r\n\{"text":"hello"\}$/s)
})

test('a client that disconnects in mid-request leaves nothing open', async (t) => {
  const { open, ask } = await start(t)
  for (const text of ['', 'POST /ec', postEcho, `${postEcho}{"te`]) {
    const socket = await open()
    socket.end(text)
    await readAll(socket)
  }
  await ask()
})

test('a client that never reads its response is disconnected, and its source destroyed', async (t) => {
  const dropped = Promise.withResolvers<void>()
  const source = new Readable({
    read() {
      this.push('x'.repeat(65_536))
    },
    destroy(error, done) {
      dropped.resolve()
      done(error)
    },
  })
  const flood = endpoint({
    method: 'get',
    path: '/flood',
    summary: 'never ends',
    access: 'public',
    answers: { 200: z.unknown() },
    handle: async () => ({ status: 200, body: source }),
  })
  const { open, ask } = await start(t, { api: [flood, echo] })
  const socket = await open()
  socket.pause()
  socket.write(head('/flood')[1]!)
  await dropped.promise
  await ask()
})

test('a stream with a heartbeat outlives every timeout', async (t) => {
  const { url } = await start(t, { api: [stream] })
  assert.match(await (await fetch(`${url}/stream`)).text(), /: 7\n\n$/)
})

test('a delivery is never cut off, however long its handlers take', async (t) => {
  const slow = subscribe('user-events', {
    'user.created': ignore('in this test'),
    'user.updated': ignore('in this test'),
    'user.deleted': () => delay(1_500),
    'admin.acted': ignore('in this test'),
    'account.acted': ignore('in this test'),
  })
  const { deliver } = await start(t, { subscriptions: [slow] })
  const user_id = '01a1fe35-df92-77a0-ac25-16786967ce65'
  assert.deepEqual(await deliver('user-events', [anEvent(userDeleted, {}, { user_id, key: user_id })]), ['SUCCESS'])
})

/** HSTS and nosniff (ASVS 3.4.1, 3.4.4). */
const protections = [
  'strict-transport-security: max-age=31536000; includeSubDomains',
  'x-content-type-options: nosniff',
]

test('malformed requests and oversized headers are answered with a problem', async (t) => {
  const { open } = await start(t)
  for (const [text, status, type] of [
    ['HELO example.com\r\n\r\n', 400, 'malformed'],
    [postEcho.replace('content-length: 16', 'content-length: -1'), 400, 'malformed'],
    [postEcho.replace('content-type', 'transfer-encoding: chunked\r\nx'), 400, 'malformed'],
    [head(`/${'x'.repeat(20_000)}`)[1]!, 431, 'head-too-large'],
    [head('/echo', `x-long: ${'x'.repeat(20_000)}`)[1]!, 431, 'head-too-large'],
    [head('/echo', ...Array.from({ length: 3_000 }, (_, index) => `x-${index}: y`))[1]!, 431, 'head-too-large'],
  ] as const) {
    const socket = await open()
    socket.write(text)
    const answer = await readAll(socket)
    assert.deepEqual(problemIn(answer), [status, `urn:taskflow:problem:${type}`], text.slice(0, 60))
    for (const header of protections) assert.ok(answer.includes(`\r\n${header}\r\n`), header)
  }
})

test('every answer has the headers that protect browsers, errors too', async (t) => {
  const { open } = await start(t)
  for (const text of [postEcho, postEcho.replace('/echo', '/nowhere')]) {
    const socket = await open()
    socket.end(text)
    const answer = (await readAll(socket)).toLowerCase()
    for (const header of protections) assert.ok(answer.includes(`\r\n${header.toLowerCase()}\r\n`), answer)
  }
})

test('garbage after a request cuts its response off without a second response in it', async (t) => {
  const { open } = await start(t, { api: [stream] })
  const socket = await open()
  socket.write(head('/stream')[1]!)
  const [beginning] = await once(socket, 'data')
  socket.write('NONSENSE\r\n\r\n')
  const answer = `${beginning}${await readAll(socket)}`
  assert.equal(answer.split('HTTP/1.1').length, 2, answer)
  assert.doesNotMatch(answer, /: 7/)
})

test('the answer to a file may take longer than a connection may stand still', async (t) => {
  const slow = endpoint({
    method: 'post',
    path: '/file',
    summary: 'takes its time',
    access: 'public',
    body: z.string(),
    file: { types: { 'text/csv': z.string() }, largest: '1kb' },
    answers: { 200: z.unknown() },
    handle: async () => {
      await delay(1_200)
      return { status: 200, body: { read: true } }
    },
  })
  const service = await startTestService(t, { subscriptions: [], api: [slow], accessControl, timeouts })
  const answer = await fetch(`${service.url}/file`, {
    method: 'POST',
    headers: { 'content-type': 'text/csv' },
    body: 'a,b',
  })
  assert.deepEqual([answer.status, await answer.json()], [200, { read: true }])
})
