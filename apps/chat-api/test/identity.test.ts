import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { startChatApi } from './chat-api.ts'

const ada = { email: 'Ada@Example.com', password: 'correct horse', name: 'Ada' }

test('signing up answers user and token and tells the mesh, without name or address', async (t) => {
  const { anonymous, as, service } = await startChatApi(t)
  const { status, body } = await anonymous.post('/api/v1/auth/signup', {
    ...ada,
    time_zone: 'Asia/Karachi',
    locale: 'ur-pk',
  })
  assert.equal(status, 201)
  assert.deepEqual(body.user, {
    id: body.user.id,
    email: 'Ada@Example.com',
    name: 'Ada',
    time_zone: 'Asia/Karachi',
    locale: 'ur-PK',
  })
  assert.equal((await as(body.token).get('/api/v1/tasks')).status, 200)
  const [event] = await service.outbox('tasks')
  assert.deepEqual([event?.topic, event?.key, event?.event.type], ['user-events', body.user.id, 'user.created'])
  assert.doesNotMatch(JSON.stringify(event), /Ada|horse/)
  const { rows } = await service.database.pool.query('SELECT password_hash FROM identity.users')
  assert.match(rows[0].password_hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('an address that has an account, in whatever case, is 409 naming the field', async (t) => {
  const { anonymous } = await startChatApi(t)
  await anonymous.post('/api/v1/auth/signup', ada)
  const { status, body } = await anonymous.post('/api/v1/auth/signup', { ...ada, email: 'ada@example.COM' })
  assert.deepEqual([status, body.errors[0].path], [409, 'email'])
})

test('logging in: the right password only, and the same answer for an unknown address', async (t) => {
  const { anonymous } = await startChatApi(t)
  await anonymous.post('/api/v1/auth/signup', ada)
  const right = await anonymous.post('/api/v1/auth/login', { email: 'ada@example.com', password: ada.password })
  assert.equal(right.status, 200)
  assert.equal(right.body.user.name, 'Ada')
  const wrong = await anonymous.post('/api/v1/auth/login', { email: ada.email, password: 'wrong' })
  const unknown = await anonymous.post('/api/v1/auth/login', { email: 'eve@example.com', password: 'wrong' })
  assert.equal(wrong.status, 401)
  assert.deepEqual(unknown.body, wrong.body)
})

test('invalid accounts are refused with every field named', async (t) => {
  const { anonymous } = await startChatApi(t)
  const { status, body } = await anonymous.post('/api/v1/auth/signup', {
    email: 'nobody',
    password: 'short',
    name: '',
    role: 'admin',
    time_zone: 'Mars',
    locale: '!',
  })
  assert.equal(status, 422)
  assert.deepEqual(body.errors.map((error: { path: string }) => error.path).toSorted(), [
    'email',
    'locale',
    'name',
    'password',
    'role',
    'time_zone',
  ])
})

test('a token that is missing, tampered with, of another key or older than an hour is 401', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { anonymous, as } = await startChatApi(t, { clock })
  const { token } = (await anonymous.post('/api/v1/auth/signup', ada)).body
  const status = async (value?: string) => (await as(value).get('/api/v1/tasks')).status
  assert.equal(await status(token), 200)
  const [head, body, signature] = token.split('.')
  const admin = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), role: 'admin' }),
  ).toString('base64url')
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${body}.`
  for (const bad of [undefined, 'nonsense', `${head}.${admin}.${signature}`, unsigned])
    assert.equal(await status(bad), 401)
  clock.advance({ minutes: 59 })
  assert.equal(await status(token), 200)
  clock.advance({ minutes: 1 })
  assert.equal(await status(token), 401)
})
