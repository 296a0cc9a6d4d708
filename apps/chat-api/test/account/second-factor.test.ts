import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { generate } from 'otplib'
import { createSecretBox } from '../../src/account/second-factor/second-factor.ts'
import { takeMails } from '../../testing/account-mails.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const path = '/api/v1/auth/second-factor'

const start = async (t: TestContext, env: Record<string, string> = {}) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock }, { TRUST_PROXY: '1', ...env })
  const ada = await api.signup()
  const { body: begun } = await ada.post(path, {})
  const codeAt = (ahead = 0) =>
    generate({ secret: begun.secret, epoch: Math.floor(clock.now().epochMilliseconds / 1_000) + ahead })
  return {
    ...api,
    clock,
    ada,
    begun,
    codeAt,
    confirm: async () => (await ada.post(`${path}/confirm`, { code: await codeAt() })).body.recovery_codes as string[],
    login: (code?: string, headers: Record<string, string> = {}, password = ada.password) =>
      api.anonymous.post('/api/v1/auth/login', { email: ada.email, password, ...(code && { code }) }, headers),
  }
}

test('an authenticator app is asked for once it is confirmed, and its codes work once', async (t) => {
  const { ada, begun, clock, codeAt, login, service } = await start(t)
  assert.match(begun.uri, /^otpauth:\/\/totp\/TaskFlow:/)
  assert.equal((await login()).status, 200, 'nothing asks for what is not confirmed')
  for (const code of ['000000', '0', '0'.repeat(19), 'abcdef']) {
    const wrong = await ada.post(`${path}/confirm`, { code })
    assert.deepEqual([wrong.status, wrong.body.errors[0].path], [422, 'code'], code)
  }
  const { status, body } = await ada.post(`${path}/confirm`, { code: await codeAt() })
  assert.deepEqual([status, body.recovery_codes.length, new Set(body.recovery_codes).size], [200, 10, 10])
  assert.deepEqual((await ada.get(path)).body, { is_on: true, recovery_codes_left: 10 })

  const without = await login()
  assert.deepEqual([without.status, without.body.errors[0].path], [401, 'code'])
  assert.equal((await login('000000')).status, 401)
  assert.equal((await login(await codeAt())).status, 401, 'the code of the confirmation was used')
  clock.advance({ seconds: 30 })
  const code = await codeAt()
  assert.equal((await login(code)).status, 200)
  assert.equal((await login(code)).status, 401)
  assert.equal((await login(await codeAt(30))).status, 200, 'of a clock that is ahead')
  clock.advance({ seconds: 120 })
  assert.equal((await login(await codeAt(-60))).status, 401, 'too old')
  assert.equal((await login(await codeAt(), {}, 'a guess')).status, 401)

  const { rows } = await service.database.pool.query(
    'SELECT secret, (SELECT array_agg(hash) FROM identity.recovery_codes) AS codes FROM identity.second_factors',
  )
  assert.doesNotMatch(rows[0].secret, new RegExp(begun.secret))
  assert.ok(!rows[0].codes.includes(body.recovery_codes[0]))
})

test('a recovery code works once instead; new ones replace them', async (t) => {
  const { ada, clock, codeAt, confirm, login } = await start(t)
  const [first, second] = await confirm()
  assert.equal((await login(first!.toUpperCase())).status, 200)
  assert.equal((await login(first)).status, 401)
  assert.equal((await ada.get(path)).body.recovery_codes_left, 9)
  clock.advance({ seconds: 30 })
  const { body } = await ada.post(`${path}/recovery-codes`, { code: await codeAt() })
  assert.equal((await login(second)).status, 401)
  assert.equal((await login(body.recovery_codes[0])).status, 200)
})

test('only who has it removes or replaces it; a new secret needs a fresh sign-in or the password', async (t) => {
  const { ada, clock, codeAt, confirm, login } = await start(t)
  await confirm()
  assert.equal((await ada.post(path, {})).status, 409)
  for (const [method, where] of [
    ['DELETE', path],
    ['POST', `${path}/recovery-codes`],
  ] as const) {
    assert.deepEqual((await ada.send(method, where, { code: '000000' })).body.errors[0].path, 'code')
  }
  clock.advance({ minutes: 15 })
  assert.equal((await ada.send('DELETE', path, { code: await codeAt() })).status, 204)
  assert.equal((await login()).status, 200)
  assert.equal((await ada.post(path, {})).status, 403)
  assert.equal((await ada.post(path, { password: ada.password })).status, 201)
  assert.equal((await ada.send('DELETE', path, { code: '000000' })).status, 404)
})

test('the owner is mailed when it is set up or removed and when codes are made, not when that fails', async (t) => {
  const { ada, clock, codeAt, confirm, service } = await start(t)
  const kinds = async () => (await takeMails(service.database)).map(({ kind }) => kind)
  await takeMails(service.database)
  await ada.post(`${path}/confirm`, { code: '000000' })
  assert.deepEqual(await kinds(), [], 'begun, not confirmed')
  await confirm()
  assert.deepEqual(await kinds(), ['second-factor-added'])
  await ada.send('DELETE', path, { code: '000000' })
  clock.advance({ seconds: 30 })
  await ada.post(`${path}/recovery-codes`, { code: await codeAt() })
  assert.deepEqual(await kinds(), ['recovery-codes-created'])
  clock.advance({ seconds: 30 })
  await ada.send('DELETE', path, { code: await codeAt() })
  assert.deepEqual(await kinds(), ['second-factor-removed'])
})

test('wrong codes slow down whoever guesses them, not the owner', async (t) => {
  const { codeAt, clock, confirm, login } = await start(t)
  await confirm()
  const known = { cookie: '' }
  clock.advance({ seconds: 30 })
  known.cookie = (await login(await codeAt())).headers.getSetCookie()[0]!.split(';')[0]!
  const from = (network: number) => ({ 'x-forwarded-for': `192.0.2.${network}` })
  const guesses = await Promise.all(Array.from({ length: 20 }, () => login('000000', from(1))))
  assert.deepEqual(guesses.map(({ status }) => status).toSorted(), [...Array(10).fill(401), ...Array(10).fill(429)])
  clock.advance({ seconds: 30 })
  assert.equal((await login(await codeAt(), from(1))).status, 429, 'even the right one')
  assert.equal((await login(await codeAt(), from(2))).status, 200, 'elsewhere it works')
  for (let network = 3; network < 9; network++) {
    for (let time = 0; time < 9; time++) await login('000000', from(network))
  }
  clock.advance({ seconds: 30 })
  assert.equal((await login(await codeAt(), from(9))).status, 429, 'too many from everywhere')
  assert.equal((await login(await codeAt(), { ...from(9), ...known })).status, 200, 'a known browser')
})

test('who has a session but not the app cannot guess codes to remove it; the owner sees the tries, refused ones too', async (t) => {
  const { ada, clock, codeAt, confirm, login, service } = await start(t)
  await confirm()
  const remove = (code: string) => ada.send('DELETE', path, { code })
  for (let time = 0; time < 10; time++) assert.equal((await remove('000000')).status, 422)
  const refused = await ada.post(`${path}/recovery-codes`, { code: '000000' })
  assert.deepEqual([refused.status, refused.body.type], [429, 'urn:taskflow:problem:too-many-requests'])
  assert.equal(refused.headers.get('retry-after'), '900')
  clock.advance({ seconds: 30 })
  assert.equal((await remove(await codeAt())).status, 429, 'even the right one')
  assert.deepEqual((await ada.get(path)).body.is_on, true)
  await login(await codeAt())
  const tries = (await service.outbox('tasks')).flatMap(({ event }) => {
    const { action, details } = event.data as unknown as { action?: string; details?: { count?: number } }
    return action === 'second_factor_failed' ? [details?.count] : []
  })
  assert.deepEqual(tries, [12])
  clock.advance({ minutes: 15 })
  assert.equal((await remove(await codeAt())).status, 204)
})

test('of concurrent uses of one code exactly one is accepted', async (t) => {
  const { clock, codeAt, confirm, login } = await start(t)
  const [recovery] = await confirm()
  clock.advance({ seconds: 30 })
  for (const code of [await codeAt(), recovery]) {
    const answers = await Promise.all(Array.from({ length: 6 }, () => login(code)))
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, ...Array(5).fill(401)])
  }
})

test('a secret is opened for its own account only, and with its own key', async () => {
  const [ours, theirs] = [createSecretBox('k'.repeat(32)), createSecretBox('x'.repeat(32))]
  const sealed = await ours.seal('ada', 'SECRET')
  assert.equal(await ours.open('ada', sealed), 'SECRET')
  await assert.rejects(ours.open('eve', sealed))
  await assert.rejects(theirs.open('ada', sealed))
})

test('deleting the account deletes its second factor', async (t) => {
  const { ada, confirm, service } = await start(t)
  await confirm()
  assert.equal((await ada.send('DELETE', '/api/v1/auth/me', { password: ada.password })).status, 204)
  for (const table of ['second_factors', 'recovery_codes']) {
    assert.equal((await service.database.pool.query(`SELECT FROM identity.${table}`)).rowCount, 0)
  }
})
