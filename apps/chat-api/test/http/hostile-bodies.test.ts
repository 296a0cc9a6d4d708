import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { withinCpuTime } from '@taskflow/test-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

const start = async (t: TestContext) => {
  const api = await startChatApi(t, {}, { API_REQUESTS_PER_MINUTE: '0' })
  const ada = await api.operator()
  /** Sends bytes as they are. */
  const raw = async (path: string, body: string | Buffer, headers: Record<string, string> = {}) => {
    const answer = await fetch(api.service.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    })
    return { status: answer.status, body: (await answer.json()) as Answer }
  }
  return { api, ada, raw }
}

// biome-ignore lint/suspicious/noExplicitAny: tests assert the shape of the response themselves
type Answer = any

const deep = (levels: number, [open, close] = ['[', ']']) => open!.repeat(levels) + close!.repeat(levels)
const tooDeep = 'is nested more than 64 levels deep; send it flatter'

test('deeply nested input is rejected on every endpoint, with the reason', async (t) => {
  const { api, ada, raw } = await start(t)
  const before = (await api.service.outbox('tasks')).length
  for (const [open, close] of [
    ['[', ']'],
    ['{"a":', '}'],
  ] as const) {
    for (const levels of [65, 1_000, 100_000]) {
      const value = deep(levels, [open, close]).replace('}', '0}')
      for (const [path, body] of [
        ['/api/v1/tasks', `{"title":${value}}`],
        ['/api/v1/tasks', `{"title":"x","more":${value}}`],
        ['/api/v1/tasks/bulk', `{"operations":[{"action":"create","task":${value}}]}`],
        ['/api/v1/import', `{"tasks":[{"title":"x","more":${value}}]}`],
        ['/api/v1/admin/dead-letters/redrive', `{"ids":[${value}]}`],
        ['/api/v1/auth/login', `{"email":${value}}`],
      ] as const) {
        const { status, body: problem } = await raw(path, body, { 'idempotency-key': crypto.randomUUID() })
        assert.deepEqual([status, problem.errors], [422, [{ path: 'body', message: tooDeep }]], `${path} ${levels}`)
      }
    }
  }
  const shallow = await ada.post('/api/v1/tasks', `{"title":"x","more":${deep(60)}}`)
  assert.deepEqual([shallow.status, shallow.body.errors[0].path], [422, 'more'])
  assert.equal((await api.service.outbox('tasks')).length, before, 'nothing was written, no audit event either')
})

test('a megabyte of brackets, list items or unknown fields is rejected quickly and briefly', async (t) => {
  const { raw } = await start(t)
  const million = 1_000_000
  const fields = Array.from({ length: 50_000 }, (_, index) => `"${index}":0`)
  for (const [body, wanted] of [
    ['['.repeat(million), 400],
    ['{"a":'.repeat(million / 5), 400],
    [deep(million / 2), 422],
    [`{"title":"x","tags":[${'0,'.repeat(million / 2 - 100)}0]}`, 422],
    [`{"title":"x","reminders":[${'{},'.repeat(million / 3 - 100)}{}]}`, 422],
    [`{"title":"x","tags":[${'[],'.repeat(million / 3 - 100)}[]]}`, 422],
    [`{${fields.join(',')}}`, 422],
    [`{"${'x'.repeat(million)}":0}`, 422],
    [`{"title":"${'x'.repeat(million)}"}`, 422],
    [`{"title":${'9'.repeat(million)}}`, 422],
  ] as const) {
    const what = body.slice(0, 40)
    const { status, body: problem } = await withinCpuTime(5_000, () => raw('/api/v1/tasks', body), { what })
    assert.equal(status, wanted, what)
    assert.ok(JSON.stringify(problem).length < 10_000, what)
  }
})

test('an unsupported number is rejected by its field', async (t) => {
  const { raw } = await start(t)
  for (const number of [
    '1e400',
    '-1e400',
    '9007199254740993',
    '-0',
    '0',
    '0.5',
    '1e21',
    '1001',
    `1${'0'.repeat(400)}`,
  ]) {
    for (const [path, body, field] of [
      [
        '/api/v1/tasks',
        `{"title":"x","recurrence_rule":"daily","recurrence_interval":${number}}`,
        'recurrence_interval',
      ],
      ['/api/v1/recurrence/preview', `{"rule":"daily","start":"2031-01-01T09:00:00","count":${number}}`, 'count'],
      ['/api/v1/tasks', `{"title":${number}}`, 'title'],
      ['/api/v1/tasks', `{"title":"x","due_date":${number}}`, 'due_date'],
    ] as const) {
      const { status, body: problem } = await raw(path, body)
      assert.deepEqual([status, problem.errors[0].path], [422, field], `${body}`)
    }
  }
})

test('names special to JavaScript are ordinary unknown fields; of duplicate fields the last counts', async (t) => {
  const { ada, raw } = await start(t)
  for (const name of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '']) {
    for (const path of ['/api/v1/tasks', '/api/v1/auth/signup', '/api/v1/recurring-tasks']) {
      const { status, body } = await raw(path, `{"title":"x","${name}":{"isAdmin":true}}`)
      assert.equal(status, 422)
      assert.ok(
        body.errors.some((error: { path: string }) => error.path === name),
        name,
      )
    }
    assert.equal((await ada.get(`/api/v1/tasks?${encodeURIComponent(name)}=x`)).status, 422)
  }
  assert.equal('isAdmin' in {}, false)
  const twice = await raw('/api/v1/tasks', '{"title":"first","title":"second"}')
  assert.deepEqual([twice.status, twice.body.title], [201, 'second'])
  // An import reads the same names from a file.
  const { body } = await raw('/api/v1/import', '{"__proto__":{"tasks":[]},"tasks":[{"title":"x","__proto__":{"a":1}}]}')
  assert.deepEqual([body.created + body.refused], [1])
})

test('compressed bodies are decompressed up to the same limit; wrong encodings are rejected', async (t) => {
  const { raw } = await start(t)
  const task = '{"title":"packed"}'
  const bomb = Buffer.alloc(200 * 2 ** 20, 'x')
  for (const [encoding, pack] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const) {
    const compressed = { 'content-encoding': encoding }
    assert.equal((await raw('/api/v1/tasks', pack(task), compressed)).body.title, 'packed', encoding)
    const small = pack(bomb.subarray(0, encoding === 'br' ? 20 * 2 ** 20 : bomb.length))
    assert.ok(small.length < 1_000_000)
    for (const path of ['/api/v1/tasks', '/api/v1/import'])
      assert.equal((await raw(path, small, compressed)).status, 413, `${path} ${encoding}`)
    const broken = await raw('/api/v1/tasks', task, compressed)
    assert.deepEqual([broken.status, broken.body.type], [400, 'urn:taskflow:problem:malformed'], encoding)
    const half = await raw('/api/v1/tasks', pack(task).subarray(0, 12), compressed)
    assert.deepEqual([half.status, half.body.type], [400, 'urn:taskflow:problem:malformed'], encoding)
  }
  for (const encoding of ['compress', 'gzip, gzip', 'x'])
    assert.equal((await raw('/api/v1/tasks', task, { 'content-encoding': encoding })).status, 415, encoding)
})

test('invalid UTF-8 is rejected, not replaced; a file to import may be of another character set', async (t) => {
  const { raw, ada } = await start(t)
  const latin = Buffer.from('{"title":"caf\xe9"}', 'latin1')
  assert.equal((await raw('/api/v1/tasks', latin)).status, 400)
  for (const [title, type] of [
    ['caf\xe9', 'text/csv'],
    ['th\xe9', 'text/csv; charset=iso-8859-1'],
  ] as const) {
    const imported = await raw('/api/v1/import', Buffer.from(`title\n${title}`, 'latin1'), { 'content-type': type })
    assert.deepEqual([imported.status, imported.body.created], [200, 1], type)
  }
  const { body } = await ada.get('/api/v1/tasks')
  assert.deepEqual(body.data.map(({ title }: { title: string }) => title).sort(), ['café', 'thé'])
  assert.equal((await raw('/api/v1/tasks', latin, { 'content-type': 'application/json; charset=latin1' })).status, 415)
})

test('a repeated single-valued parameter, or too many parameters, are rejected', async (t) => {
  const { api, ada } = await start(t)
  const { paths } = (await api.anonymous.get('/openapi.json')).body as {
    paths: Record<string, { get?: { parameters: { name: string; in: string }[] } }>
  }
  let tried = 0
  for (const [path, { get }] of Object.entries(paths)) {
    if (path.includes('{')) continue
    for (const { name } of (get?.parameters ?? []).filter((each) => each.in === 'query' && each.name !== 'tag')) {
      const { status, body } = await ada.get(`${path}?${name}=a&${name}=a`)
      assert.deepEqual(
        [status, body.errors.map((error: { path: string }) => error.path).includes(name)],
        [422, true],
        `${path} ${name}`,
      )
      tried++
    }
  }
  assert.ok(tried > 20)
  for (const query of ['tag=x&'.repeat(101), 'x=&'.repeat(2_000)]) {
    const { status, body } = await ada.get(`/api/v1/tasks?${query}`)
    assert.deepEqual([status, body.errors[0].path], [422, 'query'])
  }
})

test('a broker message nested to the memory limit is parked, and the next is consumed', async (t) => {
  const { api } = await start(t)
  const messages = [deep(500_000), '{"id":"deep","data":'.repeat(20_000)].map((text) => new TextEncoder().encode(text))
  assert.deepEqual(await api.service.deliver('task-reminders', messages), ['SUCCESS', 'SUCCESS'])
  const { rows } = await api.service.database.pool.query(`SELECT state FROM tasks.inbox`)
  assert.deepEqual(rows, [{ state: 'parked' }, { state: 'parked' }])
})

test('a calendar of a hundred thousand nested components is rejected', async (t) => {
  const { raw } = await start(t)
  const file = `BEGIN:VCALENDAR\n${'BEGIN:VTODO\n'.repeat(100_000)}SUMMARY:x\n${'END:VTODO\n'.repeat(100_000)}END:VCALENDAR`
  const { status } = await raw('/api/v1/import', file, { 'content-type': 'text/calendar' })
  assert.ok(status === 200 || status === 422, String(status))
})
