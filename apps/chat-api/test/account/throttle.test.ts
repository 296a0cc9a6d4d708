import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { createIdentityUpkeep } from '../../src/account/identity-upkeep.ts'
import { networkOf } from '../../src/account/network-of.ts'
import { createArgon2Passwords } from '../../src/account/passwords.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

type Api = Awaited<ReturnType<typeof startChatApi>>

const login = ({ anonymous }: Api, email: string, password: string, headers: Record<string, string> = {}) =>
  anonymous.post('/api/v1/auth/login', { email, password }, headers)

const guess = async (api: Api, email: string, times: number, headers?: Record<string, string>) => {
  const statuses = []
  for (let time = 0; time < times; time++) statuses.push((await login(api, email, 'a guess', headers)).status)
  return statuses
}

const wrong = (times: number) => Array(times).fill(401)

test('ten failed logins from one network are enough for 15 minutes; others are unaffected', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock })
  const [ada, ben] = [await api.signup(), await api.signup()]
  const first = await login(api, ada.email, 'a guess')
  assert.equal(first.headers.get('ratelimit-policy'), '"login-account";q=10;w=900, "login-address";q=50;w=900')
  assert.equal(first.headers.get('ratelimit'), '"login-account";r=9;t=900, "login-address";r=49;t=900')
  assert.deepEqual(await guess(api, ada.email.toUpperCase(), 9), wrong(9))
  clock.advance({ minutes: 5 })
  const { status, headers, body } = await login(api, ada.email, ada.password)
  assert.deepEqual([status, body.type], [429, 'urn:taskflow:problem:too-many-requests'])
  assert.equal(headers.get('content-type'), 'application/problem+json; charset=utf-8')
  assert.equal(headers.get('retry-after'), '600')
  assert.equal(headers.get('ratelimit'), '"login-account";r=0;t=600')
  assert.deepEqual(await guess(api, ada.email, 45), Array(45).fill(429))
  assert.equal((await login(api, ben.email, ben.password)).status, 200, 'a rejected attempt is not a failed login')
  assert.equal((await ada.get('/api/v1/tasks')).status, 200, 'sessions stay valid')
  clock.advance({ minutes: 9, seconds: 59 })
  assert.equal((await login(api, ada.email, ada.password)).status, 429)
  clock.advance({ seconds: 1 })
  assert.equal((await login(api, ada.email, ada.password)).status, 200)
})

const from = (address: string) => ({ 'x-forwarded-for': address })

test('whoever guesses locks out neither the owner elsewhere, nor a session, nor a browser that signed in before', async (t) => {
  const api = await startChatApi(t, {}, { TRUST_PROXY: '1' })
  const ada = await api.signup()
  const signedIn = await login(api, ada.email, ada.password, from('192.0.2.1'))
  const cookie = signedIn.headers.getSetCookie()[0]!
  assert.match(cookie, /^taskflow_device=[^;]+; Max-Age=31536000; Path=\/api\/v1\/auth; HttpOnly; SameSite=Strict$/)
  assert.deepEqual(await guess(api, ada.email, 11, from('192.0.2.1')), [...wrong(10), 429])
  assert.equal((await login(api, ada.email, ada.password, from('192.0.2.1'))).status, 429)
  assert.equal((await login(api, ada.email, ada.password, from('192.0.2.2'))).status, 200, 'another network')
  const known = { ...from('192.0.2.1'), cookie: cookie.split(';')[0]! }
  assert.equal((await login(api, ada.email, ada.password, known)).status, 200, 'a known browser')
  const change = { current_password: ada.password, new_password: 'battery staple' }
  assert.equal((await ada.post('/api/v1/auth/change-password', change, from('192.0.2.1'))).status, 204, 'a session')
  assert.deepEqual(await guess(api, ada.email, 11, known), [...wrong(10), 429], 'a known browser has its own count')
  const eve = await api.signup()
  assert.equal((await login(api, eve.email, 'a guess', known)).status, 401)
  assert.equal((await login(api, ada.email, 'battery staple', { ...known, cookie: `${known.cookie}x` })).status, 429)
})

test('guesses from many networks are accepted only from networks with a session, after a hundred', async (t) => {
  const api = await startChatApi(t, {}, { TRUST_PROXY: '1', LOGIN_FAILURES_ALLOWED_PER_ACCOUNT: '12' })
  const ada = await api.signup()
  await login(api, ada.email, ada.password, from('192.0.2.99'))
  for (let network = 0; network < 4; network++) {
    assert.deepEqual(await guess(api, ada.email, 3, from(`192.0.2.${network}`)), wrong(3))
  }
  assert.equal((await login(api, ada.email, ada.password, from('192.0.2.5'))).status, 429)
  assert.equal((await login(api, ada.email, ada.password, from('192.0.2.99'))).status, 200)
  assert.equal((await login(api, 'eve@example.com', 'a guess', from('192.0.2.5'))).status, 401)
})

test('logins are limited by the hour, successful ones too', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const limits = { LOGINS_PER_HOUR: '3', LOGINS_PER_HOUR_PER_ADDRESS: '5' }
  const api = await startChatApi(t, { clock }, limits)
  const [ada, ben] = [await api.signup(), await api.signup()]
  for (const status of [200, 200, 200, 429]) {
    assert.equal((await login(api, ada.email, ada.password)).status, status)
  }
  const last = await login(api, ben.email, ben.password)
  assert.equal(last.status, 200)
  const { status, headers, body } = await login(api, ben.email, ben.password)
  assert.deepEqual([status, headers.get('retry-after')], [429, '3600'])
  assert.match(body.detail, /too many logins from your network address/)
  clock.advance({ hours: 1 })
  assert.equal((await login(api, ada.email, ada.password)).status, 200)
})

test('an unknown account is throttled the same way', async (t) => {
  const api = await startChatApi(t, { clock: fakeClock('2026-01-01T00:00:00Z') })
  const { email } = await api.signup()
  for (let time = 0; time < 12; time++) {
    const [known, unknown] = [await login(api, email, 'a guess'), await login(api, 'eve@example.com', 'a guess')]
    assert.deepEqual([unknown.status, unknown.body], [known.status, known.body])
    const account = (answer: typeof known) => answer.headers.get('ratelimit')?.split(',')[0]
    assert.equal(account(unknown), account(known))
  }
})

test('a successful login clears the failures of its account', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  assert.deepEqual(await guess(api, ada.email, 9), wrong(9))
  assert.equal((await login(api, ada.email, ada.password)).status, 200)
  assert.deepEqual(await guess(api, ada.email, 11), [...wrong(10), 429])
})

test('concurrent guesses count like sequential ones', async (t) => {
  const api = await startChatApi(t)
  const { email } = await api.signup()
  const answers = await Promise.all(Array.from({ length: 30 }, () => login(api, email, 'a guess')))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [...wrong(10), ...Array(20).fill(429)])
})

test('an address that tries many accounts is throttled; successful logins do not count', async (t) => {
  const api = await startChatApi(
    t,
    {},
    { LOGIN_FAILURES_ALLOWED_PER_ADDRESS: '5', LOGIN_FAILURES_WINDOW_SECONDS: '60' },
  )
  const ada = await api.signup()
  for (let time = 0; time < 8; time++) assert.equal((await login(api, ada.email, ada.password)).status, 200)
  for (let account = 0; account < 5; account++) {
    assert.deepEqual(await guess(api, `${account}@example.com`, 1), [401])
  }
  const { status, headers } = await login(api, ada.email, ada.password)
  assert.equal(status, 429)
  assert.match(headers.get('ratelimit') ?? '', /^"login-address";r=0;t=\d+$/)
  const { rows } = await api.service.database.pool.query(
    `SELECT count(*)::int AS accounts FROM identity.attempts WHERE subject LIKE 'login account %'`,
  )
  assert.equal(rows[0].accounts, 5, 'a throttled client uses up no attempt of an account')
})

test('the client address is taken from as many proxies as are trusted', async (t) => {
  const limit = { LOGIN_FAILURES_ALLOWED_PER_ADDRESS: '1' }
  const from = (...addresses: string[]) => ({ 'x-forwarded-for': addresses.join(', ') })
  const behindOne = await startChatApi(t, {}, { ...limit, TRUST_PROXY: '1' })
  assert.deepEqual(await guess(behindOne, 'a@example.com', 2, from('192.0.2.1')), [401, 429])
  assert.deepEqual(await guess(behindOne, 'b@example.com', 1, from('192.0.2.2')), [401])
  assert.deepEqual(
    await guess(behindOne, 'c@example.com', 1, from('192.0.2.9', '192.0.2.1')),
    [429],
    'the first address is forged',
  )
  const direct = await startChatApi(t, {}, limit)
  assert.deepEqual(await guess(direct, 'a@example.com', 1, from('192.0.2.1')), [401])
  assert.deepEqual(await guess(direct, 'b@example.com', 1, from('192.0.2.2')), [429], 'no proxy is trusted')
})

test('an IPv6 network counts as one client; an IPv4-mapped address counts as IPv4', () => {
  assert.equal(networkOf('2001:db8:1:2:3:4:5:6'), networkOf('2001:db8:1:2::9'))
  assert.notEqual(networkOf('2001:db8:1:2::9'), networkOf('2001:db8:1:3::9'))
  assert.equal(networkOf('::ffff:192.0.2.1'), networkOf('192.0.2.1'))
  assert.notEqual(networkOf('192.0.2.1'), networkOf('192.0.2.2'))
})

test('guessing the password in a session is throttled for that session only', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  for (let time = 0; time < 10; time++) {
    const answer = await (time % 2
      ? ada.send('DELETE', '/api/v1/auth/me', { password: 'a guess' })
      : ada.post('/api/v1/auth/change-password', { current_password: 'a guess', new_password: 'battery staple' }))
    assert.equal(answer.status, 422)
  }
  assert.equal((await ada.send('DELETE', '/api/v1/auth/me', { password: ada.password })).status, 429)
  assert.equal((await login(api, ada.email, ada.password)).status, 200)
})

test('common passwords, and one’s own address or name, are refused', async (t) => {
  const api = await startChatApi(t)
  const signup = (password: string) =>
    api.anonymous.post('/api/v1/auth/signup', { email: 'ada.king@example.com', password, name: 'Ada Lovelace' })
  const refused = [
    'password',
    'Password1',
    '12345678',
    'iloveyou1',
    'ada.king@example.com',
    'ada lovelace',
    'TaskFlow2026!',
  ]
  for (const password of refused) {
    const { status, body } = await signup(password)
    assert.deepEqual([status, body.errors[0].path], [422, 'password'], password)
  }
  const ada = await api.signup()
  const { status, body } = await ada.post('/api/v1/auth/change-password', {
    current_password: ada.password,
    new_password: 'qwertyuiop',
  })
  assert.deepEqual([status, body.errors[0].path], [422, 'new_password'])
})

test('passwords are hashed two at once; when a hundred wait, others are turned away', async () => {
  const passwords = createArgon2Passwords()
  const outcomes = await Promise.allSettled(Array.from({ length: 110 }, () => passwords.hash('correct horse')))
  const refused = outcomes.filter((each) => each.status === 'rejected')
  assert.ok(refused.length >= 8 && refused.length <= 10, String(refused.length))
  assert.equal(refused[0]!.reason.status, 503)
})

test('sign-ups per address are limited by the hour', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { anonymous, signup } = await startChatApi(t, { clock }, { SIGNUPS_PER_HOUR: '2' })
  await signup()
  await signup()
  const person = { email: 'eve@example.com', password: 'correct horse', name: 'Eve' }
  const { status, headers } = await anonymous.post('/api/v1/auth/signup', person)
  assert.deepEqual([status, headers.get('retry-after')], [429, '3600'])
  clock.advance({ hours: 1 })
  assert.equal((await anonymous.post('/api/v1/auth/signup', person)).status, 201)
})

test('sign-ups from everywhere are limited by the hour; a network that is refused uses up none of them', async (t) => {
  const env = { SIGNUPS_PER_HOUR: '2', SIGNUPS_PER_HOUR_IN_ALL: '3', TRUST_PROXY: '1' }
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { anonymous } = await startChatApi(t, { clock }, env)
  let people = 0
  const signUpFrom = (network: number) =>
    anonymous.post(
      '/api/v1/auth/signup',
      { email: `person-${++people}@example.com`, password: 'correct horse', name: 'Eve' },
      { 'x-forwarded-for': `192.0.2.${network}` },
    )
  const statuses: number[] = []
  for (const network of [1, 1, 1, 1, 2, 3]) statuses.push((await signUpFrom(network)).status)
  assert.deepEqual(statuses, [201, 201, 429, 429, 201, 429])
  const { body, headers } = await signUpFrom(4)
  assert.match(body.detail, /^too many accounts are made at this time/)
  assert.equal(headers.get('retry-after'), '3600')
  clock.advance({ hours: 1 })
  assert.equal((await signUpFrom(1)).status, 201)
})

test('requests per user are limited by the minute, and every response reports the remainder', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { signup } = await startChatApi(t, { clock }, { API_REQUESTS_PER_MINUTE: '3' })
  const [ada, ben] = [await signup(), await signup()]
  const ask = async () => {
    const { status, headers } = await ada.get('/api/v1/tasks')
    return [status, headers.get('ratelimit-policy'), headers.get('ratelimit'), headers.get('retry-after')]
  }
  const policy = '"requests";q=3;w=60'
  assert.deepEqual(await ask(), [200, policy, '"requests";r=2;t=60', null])
  assert.equal(
    (await ada.post('/api/v1/tasks', {})).headers.get('ratelimit'),
    '"requests";r=1;t=60',
    'a 422 counts too',
  )
  clock.advance({ seconds: 30 })
  assert.deepEqual(await ask(), [200, policy, '"requests";r=0;t=30', null])
  assert.deepEqual(await ask(), [429, policy, '"requests";r=0;t=30', '30'])
  assert.equal((await ben.get('/api/v1/tasks')).status, 200)
  clock.advance({ seconds: 30 })
  assert.deepEqual(await ask(), [200, policy, '"requests";r=2;t=60', null])
})

test('requests of a user are counted at all replicas together, by what they ask for', async (t) => {
  const env = { API_REQUESTS_PER_MINUTE: '100' }
  const api = await startChatApi(t, { clock: fakeClock('2026-01-01T00:00:00Z') }, env)
  const other = await startChatApi(t, { clock: fakeClock('2026-01-01T00:00:20Z') }, env, api.service.database)
  const ada = await api.signup()
  const elsewhere = other.as(ada.token)
  const operations = Array(60).fill({ action: 'create', task: { title: 'x' } })
  const first = await ada.post('/api/v1/tasks/bulk', { operations })
  assert.deepEqual([first.status, first.headers.get('ratelimit')], [200, '"requests";r=40;t=60'])
  const second = await elsewhere.post('/api/v1/tasks/bulk', { operations })
  assert.deepEqual([second.status, second.headers.get('retry-after')], [429, '40'])
  assert.match(second.body.detail, /the limit "requests"/)
  assert.equal((await elsewhere.get('/api/v1/tasks')).status, 429)
  assert.equal((await elsewhere.get('/openapi.json')).status, 200, 'of a person, not of their network')
})

test('requests without a user are limited by network: public ones, and those with a bad token', async (t) => {
  const env = { ANONYMOUS_REQUESTS_PER_MINUTE: '5', TRUST_PROXY: '1' }
  const api = await startChatApi(t, { clock: fakeClock('2026-01-01T00:00:00Z') }, env)
  const ada = await api.signup()
  const from = (address: string) => ({ 'x-forwarded-for': address })
  for (let count = 0; count < 5; count++) {
    const path = count % 2 ? '/openapi.json' : '/calendar/wrong.ics'
    assert.notEqual((await api.anonymous.send('GET', path, undefined, from('192.0.2.1'))).status, 429)
  }
  const bad = await api.as('tf_wrong').send('GET', '/api/v1/tasks', undefined, from('192.0.2.1'))
  assert.equal(bad.status, 429)
  assert.match(bad.body.detail, /the limit "anonymous"/)
  assert.equal((await api.as('tf_wrong').send('GET', '/api/v1/tasks', undefined, from('192.0.2.2'))).status, 401)
  assert.equal((await ada.send('GET', '/api/v1/tasks', undefined, from('192.0.2.1'))).status, 200)
})

test('a limit of 0 disables it', async (t) => {
  const env = {
    LOGIN_FAILURES_ALLOWED: '0',
    LOGIN_FAILURES_ALLOWED_PER_ADDRESS: '0',
    LOGIN_FAILURES_ALLOWED_PER_ACCOUNT: '0',
    LOGINS_PER_HOUR: '0',
    LOGINS_PER_HOUR_PER_ADDRESS: '0',
    SIGNUPS_PER_HOUR: '0',
    SIGNUPS_PER_HOUR_IN_ALL: '0',
    API_REQUESTS_PER_MINUTE: '0',
    ANONYMOUS_REQUESTS_PER_MINUTE: '0',
  }
  const api = await startChatApi(t, {}, env)
  const ada = await api.signup()
  assert.deepEqual(await guess(api, ada.email, 12), wrong(12))
  const { headers } = await ada.get('/api/v1/tasks')
  assert.equal(headers.get('ratelimit'), null)
  const { rows } = await api.service.database.pool.query('SELECT * FROM identity.attempts')
  assert.deepEqual(rows, [])
})

test('counters expire with their window and hold no e-mail address', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock })
  await guess(api, 'eve@example.com', 1)
  const counted = async () => (await api.service.database.pool.query('SELECT * FROM identity.attempts')).rows
  assert.doesNotMatch(JSON.stringify(await counted()), /eve/)
  const upkeep = createIdentityUpkeep(api.service.deps)
  const countedAfter = async (time: Parameters<typeof clock.advance>[0]) => {
    clock.advance(time)
    await upkeep.processDue()
    return (await counted()).length
  }
  assert.equal(await countedAfter({ minutes: 14, seconds: 59 }), 5)
  assert.equal(await countedAfter({ seconds: 1 }), 2, 'logins are counted by the hour')
  assert.equal(await countedAfter({ minutes: 45 }), 0)
})
