import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { decodeJwt, type JWTPayload, SignJWT } from 'jose'
import { createArgon2Passwords, type Passwords } from '../../src/account/passwords.ts'
import { startChatApi, tokenSecret } from '../../testing/start-chat-api.ts'

const argon2 = createArgon2Passwords()

const ada = { email: 'Ada@Example.com', password: 'correct horse', name: 'Ada' }

test('signing up returns user and token and publishes an event without name or address', async (t) => {
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
    role: 'user',
    time_zone: 'Asia/Karachi',
    locale: 'ur-PK',
    created_at: body.user.created_at,
  })
  assert.equal(body.expires_in, 3_600)
  assert.equal((await as(body.token).get('/api/v1/tasks')).status, 200)
  const [event] = await service.outbox('tasks')
  assert.deepEqual([event?.topic, event?.key, event?.event.type], ['user-events', body.user.id, 'user.created'])
  assert.doesNotMatch(JSON.stringify(event), /Ada|horse/)
  const { rows } = await service.database.pool.query('SELECT password_hash FROM identity.users')
  assert.match(rows[0].password_hash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('a registered address, in any case, returns 409 naming the field', async (t) => {
  const { anonymous } = await startChatApi(t)
  await anonymous.post('/api/v1/auth/signup', ada)
  const { status, body } = await anonymous.post('/api/v1/auth/signup', { ...ada, email: 'ada@example.COM' })
  assert.deepEqual([status, body.errors[0].path], [409, 'email'])
})

test('logging in requires the right password; an unknown address gets the same answer', async (t) => {
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

test('invalid accounts are rejected with every field named', async (t) => {
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

test('the password is verified whether or not the account exists', async (t) => {
  const verified: unknown[] = []
  const passwords: Passwords = {
    hash: argon2.hash,
    matches: (password, stored) => {
      verified.push([password, typeof stored])
      return argon2.matches(password, stored)
    },
  }
  const { anonymous, signup } = await startChatApi(t, { passwords })
  const { email } = await signup()
  for (const each of [email, 'eve@example.com', 'nul\0@example.com']) {
    assert.equal((await anonymous.post('/api/v1/auth/login', { email: each, password: 'a guess' })).status, 401)
  }
  assert.deepEqual(verified, [
    ['a guess', 'string'],
    ['a guess', 'undefined'],
    ['a guess', 'undefined'],
  ])
  assert.equal(await argon2.matches('nobody has this password', undefined), false)
})

test('a token with a wrong issuer, audience, algorithm, key or session returns 401', async (t) => {
  const { as, signup } = await startChatApi(t)
  const [ada, eve] = [await signup(), await signup()]
  const claims = decodeJwt(ada.token)
  const status = async (
    change: JWTPayload,
    { alg, secret, header }: { alg?: string; secret?: string; header?: object } = {},
  ) => {
    const token = await new SignJWT({ ...claims, ...change })
      .setProtectedHeader({ alg: alg ?? 'HS256', ...header })
      .sign(new TextEncoder().encode(secret ?? tokenSecret))
    return (await as(token).get('/api/v1/tasks')).status
  }
  assert.equal(await status({}), 200, 'the unmodified token is accepted')
  assert.equal(await status({ iss: 'http://elsewhere.example' }), 401)
  assert.equal(await status({ aud: 'taskflow-links' }), 401)
  assert.equal(await status({ exp: 1 }), 401)
  for (const claim of ['iss', 'aud', 'exp', 'sub', 'sid'])
    assert.equal(await status({ [claim]: undefined }), 401, claim)
  assert.equal(await status({ sid: randomUUID() }), 401)
  assert.equal(await status({ sub: eve.id }), 401, 'a session belongs to one user')
  assert.equal(await status({}, { alg: 'HS512' }), 401)
  assert.equal(await status({}, { secret: `${tokenSecret}!` }), 401)
})

test('a granted or revoked role takes effect within 10 s', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { service, signup } = await startChatApi(t, { clock })
  const ada = await signup()
  const status = async () => (await ada.get('/api/v1/admin/users')).status
  const setRole = (role: string) =>
    service.database.pool.query('UPDATE identity.users SET role = $2 WHERE id = $1', [ada.id, role])
  assert.equal(await status(), 403)
  await setRole('admin')
  clock.advance({ seconds: 10 })
  assert.equal(await status(), 200)
  await setRole('user')
  clock.advance({ seconds: 10 })
  assert.equal(await status(), 403)
})

test('a missing, tampered, foreign or expired token returns 401', async (t) => {
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
