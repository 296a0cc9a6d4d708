import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { type Origin, Problem } from '@taskflow/service-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

/** chat-api with a stubbed audit-logger; its calls are recorded in `requests`. */
const start = async (t: Parameters<typeof startChatApi>[0], answer: () => unknown) => {
  const requests: string[] = []
  const sidecar = {
    publish: async () => ({ ok: true as const, failed: new Map() }),
    problemWith: async () => undefined,
    shutDown: async () => {},
    metadata: async () => ({ id: '', runtimeVersion: '', components: [], subscriptions: [] }),
    close: async () => {},
    invoke: async <T>(service: string, path: string, _origin: Origin) => {
      requests.push(`${service} ${path}`)
      return answer() as T
    },
  }
  return { ...(await startChatApi(t, { sidecar })), requests }
}

const page = { data: [{ sequence: 1 }, { sequence: 2 }], next_cursor: null }

test('lists records of the signed-in user only, by task, type, time and correlation', async (t) => {
  const { anonymous, signup, requests } = await start(t, () => page)
  const ada = await signup()
  const task_id = randomUUID()
  const { status, body } = await ada.get(
    `/api/v1/audit?task_id=${task_id}&type=task.created&from=2026-01-01T00:00:00Z&correlation_id=abc&cursor=9`,
  )
  assert.deepEqual([status, body], [200, page])
  const search = new URLSearchParams({
    ...{ limit: '50', cursor: '9', task_id, correlation_id: 'abc', from: '2026-01-01T00:00:00Z' },
    ...{ user_id: ada.id, type: 'task.created' },
  })
  assert.deepEqual(requests, [`audit-logger audit/events?${search}`])
  assert.equal((await ada.get('/api/v1/audit?from=yesterday')).status, 422)
  assert.equal((await anonymous.get('/api/v1/audit')).status, 401)
})

test('records of other users, of all users, and sealed ones are for operators only', async (t) => {
  const { signup, operator, requests } = await start(t, () => page)
  const [ada, admin] = [await signup(), await operator()]
  const mine = `/api/v1/audit?user_id=${ada.id}`
  assert.equal((await ada.get(mine)).status, 200)
  for (const path of [
    `/api/v1/audit?user_id=${admin.id}`,
    '/api/v1/audit?user_id=all',
    '/api/v1/audit/export?user_id=all',
    '/api/v1/audit/export?sealed=true',
    '/api/v1/audit/x/causation?user_id=all',
  ]) {
    assert.equal((await ada.get(path)).status, 403, path)
  }
  assert.equal(requests.length, 1)
  await admin.get(mine)
  await admin.get('/api/v1/audit?user_id=all')
  await admin.get('/api/v1/audit')
  assert.deepEqual(
    requests.slice(1).map((each) => new URL(each.split(' ')[1]!, 'http://x').searchParams.get('user_id')),
    [ada.id, null, admin.id],
  )
})

test("an operator's token limited to reading tasks reads no records of others", async (t) => {
  const { as, operator, requests } = await start(t, () => page)
  const admin = await operator()
  const { body } = await admin.post('/api/v1/auth/tokens', { name: 'reads tasks', scopes: ['tasks:read'] })
  assert.equal((await as(body.token).get('/api/v1/audit?user_id=all')).status, 403)
  assert.deepEqual(requests, [])
})

test('an export is NDJSON, oldest first, with a link to its next page', async (t) => {
  const { service, signup, requests } = await start(t, () => ({ ...page, next_cursor: '2' }))
  const ada = await signup()
  const answer = await fetch(`${service.url}/api/v1/audit/export?type=task.created&limit=2`, {
    headers: { authorization: `Bearer ${ada.token}` },
  })
  assert.match(answer.headers.get('content-type') ?? '', /^application\/x-ndjson/)
  assert.equal(await answer.text(), '{"sequence":1}\n{"sequence":2}\n')
  assert.match(requests[0]!, /order=oldest/)
  const link = /^<(.*)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1]
  assert.equal(link, '/api/v1/audit/export?type=task.created&sealed=false&limit=2&cursor=2')
  await fetch(service.url + link, { headers: { authorization: `Bearer ${ada.token}` } })
  assert.match(requests[1]!, /cursor=2/)
})

test('the causation tree is requested by event id, whatever characters the id contains', async (t) => {
  const { signup, requests } = await start(t, () => ({ data: {}, complete: true }))
  const ada = await signup()
  assert.equal((await ada.get(`/api/v1/audit/${encodeURIComponent('task-events/0/7')}/causation`)).status, 200)
  assert.deepEqual(requests, [`audit-logger audit/causation?event_id=task-events%2F0%2F7&user_id=${ada.id}`])
})

test('returns 503 while audit-logger is unavailable', async (t) => {
  const { signup } = await start(t, () => {
    throw new Problem('service-unavailable', 'audit-logger cannot be reached just now')
  })
  const ada = await signup()
  for (const path of ['', '/export', '/x/causation']) assert.equal((await ada.get(`/api/v1/audit${path}`)).status, 503)
})

test('every reading of records of others is itself recorded, by whatever endpoint', async (t) => {
  const { operator, service } = await start(t, () => page)
  const admin = await operator()
  const paths = ['', '/export', '/x/causation'].map((each) => `/api/v1/audit${each}?user_id=all`)
  for (const path of paths) await fetch(service.url + path, { headers: { authorization: `Bearer ${admin.token}` } })
  const recorded = (await service.outbox('tasks')).flatMap(({ event }) =>
    event.type === 'admin.acted' ? [(event.data as unknown as { operation: string }).operation] : [],
  )
  assert.deepEqual(recorded, ['GET /api/v1/audit', 'GET /api/v1/audit/export', 'GET /api/v1/audit/:event_id/causation'])
})

const typesIn = (request: string | undefined) =>
  new URL(request!.split(' ')[1]!, 'http://x').searchParams.getAll('type')

test('records of the account require a scope for accounts: other tokens get those of tasks only', async (t) => {
  const { as, signup, requests } = await start(t, () => page)
  const ada = await signup()
  const program = async (...scopes: string[]) =>
    as((await ada.post('/api/v1/auth/tokens', { name: 'x', scopes })).body.token)
  const reader = await program('tasks:read')
  for (const path of ['', '/export', '/x/causation']) {
    await reader.get(`/api/v1/audit${path}`).catch(() => {})
    const types = typesIn(requests.at(-1))
    assert.ok(types.includes('task.created') && types.includes('reminder.sent'), path)
    assert.deepEqual(
      types.filter((type) => /^(user|account|admin)\./.test(type)),
      [],
      path,
    )
  }
  for (const filter of ['type=user.updated', 'type=admin.acted', 'about=account']) {
    const refused = await reader.get(`/api/v1/audit?${filter}`)
    assert.deepEqual([refused.status, /account:read/.test(refused.body.detail)], [403, true], filter)
  }
  assert.equal((await reader.get('/api/v1/audit?type=task.created')).status, 200)
  for (const caller of [
    await program('tasks:read', 'account:read'),
    await program('tasks:read', 'account:write'),
    ada,
  ]) {
    assert.equal((await caller.get('/api/v1/audit')).status, 200)
    assert.deepEqual(typesIn(requests.at(-1)), [])
    assert.equal((await caller.get('/api/v1/audit?type=user.updated')).status, 200)
  }
})

test('about=account selects what happens to the account, about=tasks the rest', async (t) => {
  const { signup, requests } = await start(t, () => page)
  const ada = await signup()
  assert.equal((await ada.get('/api/v1/audit?about=account')).status, 200)
  assert.deepEqual(typesIn(requests.at(-1)).toSorted(), [
    'account.acted',
    'user.created',
    'user.deleted',
    'user.updated',
  ])
  await ada.get('/api/v1/audit?about=tasks')
  assert.ok(typesIn(requests.at(-1)).every((type) => /^(task|recurring_task|reminder|dead_letter)\./.test(type)))
  const both = await ada.get('/api/v1/audit?about=tasks&type=task.created')
  assert.deepEqual([both.status, both.body.errors[0].path], [422, 'about'])
})
