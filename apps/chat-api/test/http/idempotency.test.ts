import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { createIdempotencyPruning } from '../../src/http/idempotency.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const createdEvents = async ({ service }: Awaited<ReturnType<typeof startChatApi>>) =>
  (await service.outbox('tasks')).filter(({ event }) => event.type === 'task.created').length

test('a request repeated with its Idempotency-Key takes effect once and returns the same answer', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const key = { 'idempotency-key': randomUUID() }
  const first = await ada.post('/api/v1/tasks', { title: 'Pay rent' }, key)
  const again = await ada.post('/api/v1/tasks', { title: 'Pay rent' }, key)
  assert.deepEqual([first.status, again.status, again.body], [201, 201, first.body])
  assert.deepEqual(
    [first.headers.get('idempotency-replayed'), again.headers.get('idempotency-replayed')],
    [null, 'true'],
  )
  for (const name of ['location', 'etag']) assert.equal(again.headers.get(name), first.headers.get(name))
  assert.equal(await createdEvents(api), 1)
})

test('ten concurrent requests create one task; the others return its answer or 409 with Retry-After', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  const key = { 'idempotency-key': randomUUID() }
  const answers = await Promise.all(Array.from({ length: 10 }, () => ada.post('/api/v1/tasks', { title: 'Once' }, key)))
  const ids = new Set(answers.filter(({ status }) => status === 201).map(({ body }) => body.id))
  assert.equal(ids.size, 1)
  for (const { status, headers, body } of answers.filter(({ status }) => status !== 201)) {
    assert.deepEqual([status, body.type, headers.get('retry-after')], [409, 'urn:taskflow:problem:in-progress', '1'])
  }
  assert.equal(await createdEvents(api), 1)
})

test('a key belongs to its user and to one body', async (t) => {
  const api = await startChatApi(t)
  const [ada, ben] = [await api.signup(), await api.signup()]
  const key = { 'idempotency-key': 'monday' }
  const adas = await ada.post('/api/v1/tasks', { title: 'Pay rent' }, key)
  const bens = await ben.post('/api/v1/tasks', { title: 'Pay rent' }, key)
  assert.deepEqual([bens.status, bens.body.user_id], [201, ben.id])
  assert.notEqual(bens.body.id, adas.body.id)
  const other = await ada.post('/api/v1/tasks', { title: 'Pay the other rent' }, key)
  assert.deepEqual([other.status, other.body.errors[0].path], [422, 'idempotency-key'])
  const long = await ada.post('/api/v1/tasks', { title: 'Pay rent' }, { 'idempotency-key': 'x'.repeat(256) })
  assert.deepEqual([long.status, long.body.errors[0].path], [422, 'idempotency-key'])
})

test('a rejected request leaves its key free; stored answers expire after a day', async (t) => {
  const clock = fakeClock('2031-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock })
  const ada = await api.signup()
  const key = { 'idempotency-key': randomUUID() }
  const refused = await ada.post('/api/v1/tasks', { title: 'Pay', recurrence_rule: 'FREQ=MONTHLY;BYEASTER=0' }, key)
  assert.equal(refused.status, 422)
  const first = await ada.post('/api/v1/tasks', { title: 'Pay' }, key)
  assert.equal(first.status, 201)
  const pruning = createIdempotencyPruning(api.service.deps)
  const hoursLater = async (hours: number) => {
    clock.advance({ hours })
    await pruning.processDue()
    const { body } = await api.as().post('/api/v1/auth/login', { email: ada.email, password: ada.password })
    return (await api.as(body.token).post('/api/v1/tasks', { title: 'Pay' }, key)).body.id
  }
  assert.equal(await hoursLater(23), first.body.id)
  assert.notEqual(await hoursLater(2), first.body.id)
})
