import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { SignJWT } from 'jose'
import { aConversation } from '../../testing/start-chat.ts'
import { startChatApi, tokenSecret } from '../../testing/start-chat-api.ts'

// biome-ignore lint/suspicious/noExplicitAny: a document, inspected part by part
type Json = any

/** A body that the operation accepts; all others accept an empty one. */
const bodies: Record<string, object> = {
  'post /api/v1/auth/change-password': { current_password: 'correct horse', new_password: 'another horse' },
  'post /api/v1/auth/tokens': { name: 'x', scopes: ['tasks:read'] },
  'delete /api/v1/auth/me': { password: 'not hers' },
  'post /api/v1/oauth/consents/{uid}': { scopes: [] },
  'post /api/v1/tasks': { title: 'x' },
  'post /api/v1/chat': { message: 'x' },
  'post /api/v1/tasks/quick-add': { text: 'x' },
  'post /api/v1/tasks/bulk': { operations: [{ action: 'create', task: { title: 'x' } }] },
  'post /api/v1/recurring-tasks': { title: 'x', pattern: 'daily', start_date: '2031-01-01T09:00:00' },
  'post /api/v1/recurrence/preview': { pattern: 'daily', start: '2031-01-01T09:00:00' },
  'put /api/v1/notifications/webhook': { url: 'https://example.com/hook' },
  'patch /api/v1/tags/{name}': { name: 'x' },
  'patch /api/v1/categories/{name}': { name: 'x' },
  'post /api/v1/tasks/{id}/reminders/{reminder_id}/snooze': { for: 'PT1H' },
  'post /api/v1/admin/events/test': { topic: 'task-events', type: 'task.deleted' },
  'put /api/v1/admin/log-level': { service: 'all', level: 'info' },
  'post /api/v1/admin/dead-letters/redrive': { ids: ['audit-logger:x'] },
  'post /api/v1/admin/dead-letters/{id}/discard': { note: 'x' },
}

interface Operation {
  method: string
  path: string
  isPublic: boolean
  status: (answer: { status: number }) => string
}

const start = async (t: TestContext) => {
  const api = await startChatApi(t)
  const { paths } = (await api.anonymous.get('/openapi.json')).body
  const operations: Operation[] = Object.entries(paths as Record<string, Json>).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Json>).map(([method, { security }]) => ({
      method,
      path,
      isPublic: security.length === 0,
      status: ({ status }) => `${method} ${path}: ${status}`,
    })),
  )
  assert.ok(operations.length > 50, `only ${operations.length} operations`)
  return { ...api, operations }
}

const call = (person: Json, { method, path }: Operation, fill: (name: string) => string = () => 'x') =>
  person.send(
    method.toUpperCase(),
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(fill(name))),
    method === 'get' ? undefined : (bodies[`${method} ${path}`] ?? {}),
  )

test('every endpoint that is not public requires a valid token', async (t) => {
  const { operations, as, anonymous, signup } = await start(t)
  const ada = await signup()
  const claims = JSON.parse(Buffer.from(ada.token.split('.')[1]!, 'base64url').toString())
  const sign = (changed: object, secret = tokenSecret) =>
    new SignJWT({ ...claims, ...changed }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret))
  const now = Math.floor(Date.now() / 1_000)
  const intruders = {
    'no token': anonymous,
    'an expired token': as(await sign({ iat: now - 7_200, exp: now - 3_600 })),
    'a tampered token': as(`${ada.token.slice(0, -4)}AAAA`),
    'a token of another issuer': as(await sign({ iss: 'https://elsewhere.example' })),
    'a token for something else': as(await sign({ aud: 'something else' })),
    'a token signed with another key': as(await sign({}, 'another secret another secret another secret')),
    'an unsigned token': as(`${Buffer.from('{"alg":"none"}').toString('base64url')}.${ada.token.split('.')[1]}.`),
  }
  for (const [what, intruder] of Object.entries(intruders)) {
    for (const operation of operations.filter(({ isPublic }) => !isPublic)) {
      const answer = await call(intruder, operation)
      assert.equal(operation.status(answer), operation.status({ status: 401 }), what)
    }
  }
})

test('another user cannot read or change anything by its id', async (t) => {
  const { operations, signup, service } = await start(t)
  const [ada, eve] = [await signup(), await signup()]
  const due = { due_date: '2031-01-01T09:00:00Z', tags: ['garden'], category: 'home' }
  const task = (await ada.post('/api/v1/tasks', { title: 'Hers', ...due, reminders: [{ type: '1_hour_before' }] })).body
  const recurring = (await ada.post('/api/v1/recurring-tasks', bodies['post /api/v1/recurring-tasks'])).body
  const token = (await ada.post('/api/v1/auth/tokens', bodies['post /api/v1/auth/tokens'])).body
  const chat = await aConversation(service.database.pool, ada.id)
  const event = (await service.outbox('tasks')).find(({ event }) => event.type === 'task.created')!.event
  const idOf = (path: string) => (name: string) => {
    if (name === 'id' && path.includes('/recurring-tasks/')) return recurring.id
    if (name === 'id' && path.includes('/auth/tokens/')) return token.id
    if (name === 'id' && path.includes('/chat/')) return path.includes('/actions/') ? chat.action : chat.conversation
    if (name === 'id' && path.includes('/dead-letters/')) return 'audit-logger:x'
    return (
      { id: task.id, reminder_id: task.reminders[0].id, event_id: event.id, name: 'garden', uid: 'of-ada' }[name] ??
      assert.fail(name)
    )
  }
  const state = async () => {
    const { rows } = await service.database.pool.query(
      `SELECT (SELECT json_agg(t) FROM tasks.tasks AS t WHERE user_id = $1) AS tasks,
              (SELECT json_agg(r) FROM tasks.reminders AS r) AS reminders,
              (SELECT json_agg(s) FROM tasks.series AS s WHERE user_id = $1) AS series,
              (SELECT json_agg(a ORDER BY id) FROM identity.api_tokens AS a WHERE user_id = $1) AS tokens,
              (SELECT json_agg(c) FROM identity.chat_conversations AS c WHERE user_id = $1) AS conversations,
              (SELECT json_agg(a) FROM identity.chat_actions AS a WHERE user_id = $1) AS actions`,
      [ada.id],
    )
    return rows[0]
  }
  const before = await state()
  for (const operation of operations.filter(({ path, isPublic }) => path.includes('{') && !isPublic)) {
    const answer = await call(eve, operation, idOf(operation.path))
    // Eve has no tag of that name. Endpoints that call other services return 503: there is no sidecar.
    const expected = /\{name\}|\{event_id\}/.test(operation.path) ? [200, 204, 404, 503] : [403, 404]
    assert.ok(expected.includes(answer.status), operation.status(answer))
    assert.ok(!JSON.stringify(answer.body ?? null).includes('Hers'), operation.status(answer))
  }
  for (const operation of operations.filter(
    ({ method, path, isPublic }) => method === 'get' && !path.includes('{') && !isPublic && !path.endsWith('/events'),
  )) {
    const answer = await call(eve, operation)
    assert.ok(!JSON.stringify(answer.body ?? null).includes('Hers'), operation.status(answer))
  }
  assert.deepEqual(await state(), before)
})

test('only admins may use admin endpoints', async (t) => {
  const { operations, signup } = await start(t)
  const eve = await signup()
  const admins = operations.filter(({ path }) => path.startsWith('/api/v1/admin/'))
  assert.ok(admins.length >= 16)
  for (const operation of admins) {
    const answer = await call(eve, operation, () => 'audit-logger:x')
    assert.equal(operation.status(answer), operation.status({ status: 403 }))
  }
})

test('every admin action is recorded for the audit log before it runs', async (t) => {
  const { service, operator, signup } = await start(t)
  const admin = await operator()
  const recorded = async () =>
    (await service.outbox('tasks')).flatMap(({ event }) => (event.type === 'admin.acted' ? [event.data] : []))
  const { status } = await admin.get('/api/v1/admin/users?email=ada')
  assert.equal(status, 200)
  const [{ operation, given, user_id }] = (await recorded()) as Json[]
  assert.deepEqual([operation, given.email, user_id], ['GET /api/v1/admin/users', 'ada', admin.id])
  await (await signup()).get('/api/v1/admin/users')
  assert.equal((await recorded()).length, 1)
  // An action that cannot be recorded does not run.
  await service.database.pool.query('REVOKE INSERT ON tasks.outbox FROM taskflow_chat_api')
  const refused = await admin.get('/api/v1/admin/users')
  assert.deepEqual([refused.status, refused.body.data], [500, undefined])
})
