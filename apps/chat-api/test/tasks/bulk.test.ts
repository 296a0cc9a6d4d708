import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import pg from 'pg'
import { startChatApi } from '../../testing/start-chat-api.ts'

const path = '/api/v1/tasks/bulk'

test('each operation has its own result; failures do not affect the others', async (t) => {
  const { service, signup } = await startChatApi(t)
  const [ada, eve] = [await signup({ time_zone: 'Europe/Berlin' }), await signup()]
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'a' })
  const { body: other } = await ada.post('/api/v1/tasks', { title: 'b' })
  const { body: daily } = await ada.post('/api/v1/tasks', {
    title: 'c',
    due_date: '2031-01-01T09:00:00Z',
    recurrence_rule: 'daily',
  })
  const { body: hers } = await eve.post('/api/v1/tasks', { title: 'hers' })
  const before = (await service.outbox('tasks')).length
  const { status, body } = await ada.post(path, {
    operations: [
      { action: 'create', task: { title: 'new', tags: ['x'] } },
      { action: 'create', task: { title: '', colour: 'red' } },
      { action: 'update', id: task.id, changes: { title: 'A' }, if_version: 1 },
      { action: 'update', id: task.id, changes: { title: 'B' }, if_version: 1 },
      { action: 'complete', id: task.id },
      { action: 'reopen', id: task.id },
      { action: 'delete', id: other.id },
      { action: 'complete', id: other.id },
      { action: 'restore', id: other.id },
      { action: 'skip', id: daily.id },
      { action: 'skip', id: task.id },
      { action: 'update', id: hers.id, changes: { title: 'mine' } },
      { action: 'complete', id: randomUUID() },
      { action: 'burn', id: task.id },
      'nonsense',
    ],
  })
  assert.equal(status, 200)
  assert.deepEqual(
    body.results.map((each: { status: number }) => each.status),
    [201, 422, 200, 412, 200, 200, 204, 404, 200, 200, 409, 404, 404, 422, 422],
  )
  const [created, refused] = body.results
  assert.deepEqual([created.task.title, created.task.time_zone], ['new', 'Europe/Berlin'])
  assert.deepEqual(
    refused.problem.errors.map((each: { path: string }) => each.path),
    ['task.title', 'task.colour'],
  )
  assert.equal(refused.problem.type, 'urn:taskflow:problem:invalid')
  assert.deepEqual((await ada.get(`/api/v1/tasks/${task.id}`)).body, body.results[5].task)
  assert.deepEqual([body.results[5].task.title, body.results[5].task.version], ['A', 4])
  assert.equal(body.results[9].task.due_date, '2031-01-02T09:00:00Z')
  assert.equal((await eve.get(`/api/v1/tasks/${hers.id}`)).body.title, 'hers')
  assert.deepEqual(
    (await service.outbox('tasks')).slice(before).map(({ event }) => event.type),
    ['task.created', 'task.updated', 'task.completed', 'task.reopened', 'task.deleted', 'task.updated', 'task.updated'],
  )
})

test('an invalid bulk request is rejected as a whole', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const create = { action: 'create', task: { title: 'a' } }
  for (const [body, where] of [
    [{ operations: [] }, 'operations'],
    [{ operations: Array(101).fill(create) }, 'operations'],
    [{}, 'operations'],
    [{ operations: [create], dry_run: true }, 'dry_run'],
  ] as const) {
    const answer = await ada.post(path, body)
    assert.deepEqual([answer.status, answer.body.errors[0].path], [422, where])
  }
  const created = async () =>
    (await service.outbox('tasks')).filter(({ event }) => event.type === 'task.created').length
  assert.equal(await created(), 0)
  const { body } = await ada.post(path, { operations: Array(100).fill(create) })
  assert.equal(body.results.filter(({ status }: { status: number }) => status === 201).length, 100)
  assert.equal(await created(), 100)
})

test('repeated with its Idempotency-Key it takes effect once and returns the same results, failures included', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'a' })
  const key = { 'idempotency-key': randomUUID() }
  const operations = [
    { action: 'create', task: { title: 'b' } },
    { action: 'update', id: task.id, changes: { title: 'c' }, if_version: 2 },
  ]
  const first = await ada.post(path, { operations }, key)
  await ada.patch(`/api/v1/tasks/${task.id}`, { title: 'now at version 2' })
  const events = (await service.outbox('tasks')).length
  const again = await ada.post(path, { operations }, key)
  assert.deepEqual([again.status, again.body], [200, first.body])
  assert.equal(again.headers.get('idempotency-replayed'), 'true')
  assert.equal((await service.outbox('tasks')).length, events)
  assert.equal((await ada.post(path, { operations: operations.slice(1) }, key)).status, 422)
})

test('concurrent requests that change the same tasks in opposite orders all succeed', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const ids: string[] = []
  for (let number = 0; number < 12; number++) {
    const rule = number % 2 ? { recurrence_rule: 'daily', due_date: '2031-01-01T09:00:00Z' } : {}
    ids.push((await ada.post('/api/v1/tasks', { title: 'a', ...rule })).body.id)
  }
  const change = (order: string[], title: string) =>
    ada.post(path, { operations: order.map((id) => ({ action: 'update', id, changes: { title } })) })
  const answers = await Promise.all(
    Array.from({ length: 4 }, (_, round) => change(round % 2 ? ids.toReversed() : ids, `title ${round}`)),
  )
  for (const { status, body } of answers) {
    assert.equal(status, 200)
    assert.ok(body.results.every((each: { status: number }) => each.status === 200))
  }
  for (const id of ids) assert.equal((await ada.get(`/api/v1/tasks/${id}`)).body.version, 5)
})

test('a deadlock with other locks is retried: everything is done once', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  const ids: string[] = []
  for (const title of ['a', 'b']) ids.push((await ada.post('/api/v1/tasks', { title })).body.id)
  const before = (await service.outbox('tasks')).length
  const other = new pg.Client({ connectionString: service.database.url })
  await other.connect()
  t.after(() => other.end())
  const lock = (id: string) => other.query('SELECT 1 FROM tasks.tasks WHERE id = $1 FOR UPDATE', [id])
  // Of two transactions in deadlock, the first to reach deadlock_timeout is aborted.
  await other.query(`SET deadlock_timeout = '60s'`)
  await other.query('BEGIN')
  await lock(ids[1]!)
  const bulk = ada.post(path, { operations: ids.map((id) => ({ action: 'complete', id })) })
  const { pool } = service.database
  const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  while ((await pool.query(waiting)).rowCount === 0);
  await lock(ids[0]!)
  await other.query('COMMIT')
  const { status, body } = await bulk
  assert.equal(status, 200, JSON.stringify(body))
  assert.deepEqual(
    body.results.map((each: { status: number }) => each.status),
    [200, 200],
  )
  assert.equal((await service.outbox('tasks')).length, before + 2)
})

test('with Prefer: return=minimal the body is omitted and the headers stay', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const prefer = { prefer: 'respond-async, return=minimal' }
  const created = await ada.post('/api/v1/tasks', { title: 'a' }, { ...prefer, 'idempotency-key': 'one' })
  const location = created.headers.get('location')!
  assert.deepEqual(
    [created.status, created.body, created.headers.get('etag'), created.headers.get('preference-applied')],
    [201, undefined, '"1"', 'return=minimal'],
  )
  const patched = await ada.patch(location, { title: 'b' }, prefer)
  const completed = await ada.post(`${location}/complete`, undefined, prefer)
  const reopened = await ada.post(`${location}/reopen`, undefined, prefer)
  assert.deepEqual(
    [patched, completed, reopened].map((each) => [each.status, each.body, each.headers.get('etag')]),
    [
      [204, undefined, '"2"'],
      [204, undefined, '"3"'],
      [204, undefined, '"4"'],
    ],
  )
  assert.equal((await ada.patch(location, { title: '' }, prefer)).body.errors[0].path, 'title')
  const whole = await ada.patch(location, { title: 'c' }, { prefer: 'return=representation' })
  assert.deepEqual([whole.status, whole.body.title, whole.headers.get('preference-applied')], [200, 'c', null])
  // The stored response is the full one.
  const again = await ada.post('/api/v1/tasks', { title: 'a' }, { 'idempotency-key': 'one' })
  assert.deepEqual([again.status, again.body.title], [201, 'a'])
})
