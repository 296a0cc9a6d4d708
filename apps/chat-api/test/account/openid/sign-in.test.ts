import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { generate } from 'otplib'
import { cookieOf, environmentOf, openidPath, startWithProvider } from '../../../testing/openid-provider.ts'
import { startChatApi } from '../../../testing/start-chat-api.ts'

const acts = async ({ service }: Awaited<ReturnType<typeof startWithProvider>>) =>
  (await service.outbox('tasks')).flatMap(({ event }) => {
    const { action, details } = event.data as { action?: string; details?: { name?: string; method?: string } }
    return action ? [{ action, ...details }] : []
  })

test('the first sign-in creates an account, confirmed and without a password; the next finds it', async (t) => {
  const all = await startWithProvider(t, {}, { REQUIRE_CONFIRMED_EMAIL: 'true' })
  const { anonymous, as, login, service, provider, ada } = all
  const providers = await anonymous.get(`${openidPath}/providers`)
  assert.deepEqual(providers.body, { data: [{ id: 'local', name: 'Local' }] })
  const first = await login({ time_zone: 'Asia/Karachi', locale: 'ur-PK' })
  assert.equal(first.status, 201, JSON.stringify(first.body))
  const { user, token, refresh_token } = first.body
  assert.deepEqual(
    [user.email, user.name, user.time_zone, user.locale],
    ['ada@example.org', 'Ada Lovelace', 'Asia/Karachi', 'ur-PK'],
  )
  const me = (await as(token).get('/api/v1/auth/me')).body
  assert.deepEqual([me.email_confirmed, me.has_password], [true, false])
  assert.equal((await anonymous.post('/api/v1/auth/refresh', { refresh_token })).status, 200)
  const [created] = await service.outbox('tasks')
  assert.equal(created?.event.type, 'user.created')

  provider.signIn({ ...ada, email: 'new@example.org', name: 'Other' })
  const second = await login()
  assert.deepEqual([second.status, second.body.user], [200, user], 'issuer and subject name the account')
  const [linked, signedIn, ...others] = await acts(all)
  assert.deepEqual(linked, { action: 'identity_linked', name: 'Local' })
  assert.deepEqual([signedIn?.action, signedIn?.method, others], ['signed_in', 'openid', []])
})

test('a browser that keeps its refresh token in a cookie gets it there', async (t) => {
  const { anonymous, come } = await startWithProvider(t)
  const { body, cookie } = await come(anonymous, 'login')
  const answer = await anonymous.post(`${openidPath}/login`, body, { ...cookie, 'x-refresh-token': 'cookie' })
  assert.equal(answer.body.refresh_token, undefined)
  const cookies = answer.headers.getSetCookie().join('\n')
  assert.match(cookies, /taskflow_refresh=tfr_.*HttpOnly/)
  assert.match(cookies, /taskflow_device=/)
})

test('a response is of use once, in the browser that began it, for what it began, at its provider, in time', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { anonymous, come, login, signupThrough } = await startWithProvider(t, { clock })
  const begun = await anonymous.post(`${openidPath}/login/options`, { provider: 'local' })
  assert.match(
    begun.headers.getSetCookie()[0]!,
    /^__Host-taskflow_openid=.*Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  )
  const { code_challenge_method, ...sent } = Object.fromEntries(new URL(begun.body.url).searchParams)
  assert.equal(code_challenge_method, 'S256')
  assert.ok(sent.state && sent.nonce && sent.code_challenge)

  const { body, cookie } = await come(anonymous, 'login')
  const finish = (given: object = body, headers: Record<string, string> = cookie) =>
    anonymous.post(`${openidPath}/login`, given, headers)
  assert.equal((await finish(body, {})).status, 401, 'no cookie')
  const other = await anonymous.post(`${openidPath}/login/options`, { provider: 'local' })
  assert.equal((await finish(body, cookieOf(other))).status, 401, 'another browser')
  assert.equal((await finish({ ...body, response: 'code=x&state=y' })).status, 401, 'no such state')
  assert.equal((await finish()).status, 201, 'none of them used it up')
  const again = await finish()
  assert.deepEqual(
    [again.status, again.body.detail],
    [401, 'this sign-in was not begun in this browser, was used before or has expired; try again'],
  )

  const ada = await signupThrough()
  const link = await come(ada, 'links')
  assert.equal((await anonymous.post(`${openidPath}/login`, link.body, link.cookie)).status, 401, 'a link')
  const signIn = await come(anonymous, 'login')
  assert.equal((await ada.post(`${openidPath}/links`, signIn.body, signIn.cookie)).status, 422, 'a sign-in')

  const late = await come(anonymous, 'login')
  clock.advance({ minutes: 10 })
  assert.equal((await anonymous.post(`${openidPath}/login`, late.body, late.cookie)).status, 401, 'too late')
  assert.equal((await login()).status, 200)
})

test('of a response that comes twice at once, one signs in', async (t) => {
  const { anonymous, come } = await startWithProvider(t)
  const { body, cookie } = await come(anonymous, 'login')
  const answers = await Promise.all([1, 2, 3].map(() => anonymous.post(`${openidPath}/login`, body, cookie)))
  assert.deepEqual(answers.map(({ status }) => status).sort(), [201, 401, 401])
})

test('two tabs of a browser may sign in at once', async (t) => {
  const { anonymous, come, provider } = await startWithProvider(t)
  const one = await come(anonymous, 'login')
  const begun = await anonymous.post(`${openidPath}/login/options`, { provider: 'local' }, one.cookie)
  assert.deepEqual(cookieOf(begun), one.cookie)
  const two = { provider: 'local', response: await provider.visit(begun.body.url) }
  assert.equal((await anonymous.post(`${openidPath}/login`, two, one.cookie)).status, 201)
  assert.equal((await anonymous.post(`${openidPath}/login`, one.body, one.cookie)).status, 200)
})

test('a sign-in that one replica began may end at another', async (t) => {
  const { service, anonymous, provider, come } = await startWithProvider(t)
  const other = await startChatApi(t, {}, environmentOf(provider), service.database)
  const { body, cookie } = await come(anonymous, 'login')
  assert.equal((await other.anonymous.post(`${openidPath}/login`, body, cookie)).status, 201)
  assert.equal((await anonymous.post(`${openidPath}/login`, body, cookie)).status, 401)
})

test('an address that has an account is not taken over: its owner signs in and links', async (t) => {
  const { signup, login, link, provider, ada } = await startWithProvider(t)
  const person = await signup({ email: 'ADA@example.org' })
  const refused = await login()
  assert.equal(refused.status, 409)
  assert.equal(refused.body.detail, 'your address has an account: sign in to it, then link Local in the settings')
  provider.signIn(ada)
  assert.equal((await link(person)).status, 201)
  const answer = await login()
  assert.deepEqual([answer.status, answer.body.user.id], [200, person.id])
})

test('an address that the provider has not verified creates no account, and reveals none', async (t) => {
  const { signup, login, provider, ada } = await startWithProvider(t)
  await signup({ email: ada.email })
  const { email_verified: _, ...unsaid } = ada
  const { email: __, ...without } = ada
  for (const somebody of [{ ...ada, email_verified: false }, unsaid, without, { ...ada, email: 'nonsense' }]) {
    provider.signIn(somebody)
    const { status, body } = await login()
    assert.equal(status, 403)
    assert.match(body.detail, /^Local gives no e-mail address that it has verified: sign up with a password/)
  }
})

test('who declines at the provider is not signed in', async (t) => {
  const { login, provider } = await startWithProvider(t)
  provider.signIn(undefined)
  const { status, body } = await login()
  assert.deepEqual([status, body.detail], [401, 'Local did not sign you in: you declined'])
})

test('a second factor is asked for, and the response then works with its code, in the same browser', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { signupThrough, anonymous, come } = await startWithProvider(t, { clock })
  const ada = await signupThrough()
  const { secret } = (await ada.post('/api/v1/auth/second-factor', {})).body
  const codeNow = () => generate({ secret, epoch: Math.floor(clock.now().epochMilliseconds / 1_000) })
  await ada.post('/api/v1/auth/second-factor/confirm', { code: await codeNow() })
  clock.advance({ minutes: 5 })

  const { body, cookie } = await come(anonymous, 'login')
  const finish = (more: object, headers: Record<string, string> = cookie) =>
    anonymous.post(`${openidPath}/login`, { ...body, ...more }, headers)
  const asked = await finish({})
  assert.deepEqual([asked.status, asked.body.errors[0].path], [401, 'code'])
  assert.equal((await finish({ code: '000000' })).status, 401)
  const elsewhere = await finish({ code: await codeNow() }, { cookie: '__Host-taskflow_openid=tfo_other' })
  assert.deepEqual([elsewhere.status, elsewhere.body.errors], [401, []])
  const answer = await finish({ code: await codeNow() })
  assert.deepEqual([answer.status, answer.body.user.id], [200, ada.id])
  clock.advance({ minutes: 1 })
  assert.equal((await finish({ code: await codeNow() })).status, 401, 'once')

  const late = await come(anonymous, 'login')
  assert.equal((await anonymous.post(`${openidPath}/login`, late.body, late.cookie)).status, 401)
  clock.advance({ minutes: 10 })
  const tooLate = await anonymous.post(`${openidPath}/login`, { ...late.body, code: await codeNow() }, late.cookie)
  assert.deepEqual([tooLate.status, tooLate.body.errors], [401, []], 'too late')
})

test('a suspended account does not sign in through a provider either', async (t) => {
  const { signupThrough, login, operator } = await startWithProvider(t)
  const ada = await signupThrough()
  await (await operator()).post(`/api/v1/admin/users/${ada.id}/suspend`)
  assert.equal((await login()).status, 403)
})

test('a sign-in from somewhere new is noticed by mail, and what has expired is removed', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { signupThrough, login, come, anonymous, service } = await startWithProvider(t, { clock })
  const ada = await signupThrough()
  await ada.delete('/api/v1/auth/sessions')
  await service.database.pool.query('UPDATE identity.sessions SET network = NULL')
  await login()
  const { rows } = await service.database.pool.query('SELECT content FROM identity.account_mails')
  assert.deepEqual(
    rows.map(({ content }) => content.kind),
    ['new-sign-in'],
  )
  await come(anonymous, 'login')
  clock.advance({ minutes: 10 })
  const left = async () =>
    Number((await service.database.pool.query('SELECT count(*) FROM identity.openid_states')).rows[0].count)
  assert.equal(await left(), 1)
  await service.app.loops.find(({ name }) => name === 'identity upkeep')!.processDue()
  assert.equal(await left(), 0)
})

test('sign-ins that a network begins are counted, and so are the accounts they make', async (t) => {
  const { service, anonymous, login, provider, ada } = await startWithProvider(t, {}, { SIGNUPS_PER_HOUR: '1' })
  assert.equal((await login()).status, 201)
  provider.signIn({ ...ada, sub: 'eve', email: 'eve@example.org' })
  assert.equal((await login()).status, 429)
  await service.database.pool.query(`UPDATE identity.attempts SET count = 1000 WHERE subject LIKE 'openid network %'`)
  assert.equal((await anonymous.post(`${openidPath}/login/options`, { provider: 'local' })).status, 429)
})

test('without providers nothing is offered, and a password signs in as ever', async (t) => {
  const api = await startChatApi(t)
  assert.deepEqual((await api.anonymous.get(`${openidPath}/providers`)).body, { data: [] })
  assert.equal((await api.anonymous.post(`${openidPath}/login/options`, { provider: 'local' })).status, 404)
  const { email, password } = await api.signup()
  const { status, body } = await api.anonymous.post('/api/v1/auth/login', { email, password })
  assert.deepEqual([status, Object.keys(body)], [200, ['user', 'token', 'expires_in', 'refresh_token']])
  assert.deepEqual(Object.keys(body.user), ['id', 'email', 'name', 'role', 'time_zone', 'locale', 'created_at'])
})

test('nothing secret is stored of a sign-in on its way', async (t) => {
  const { service, anonymous, come } = await startWithProvider(t)
  const { body, cookie } = await come(anonymous, 'login')
  const { rows } = await service.database.pool.query('SELECT * FROM identity.openid_states')
  const stored = JSON.stringify(rows)
  for (const secret of [new URLSearchParams(body.response).get('state')!, cookie.cookie!.split('=')[1]!]) {
    assert.ok(secret.length > 40 && !stored.includes(secret))
  }
})
