import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { takeMails } from '../../testing/account-mails.ts'
import { createAuthenticator } from '../../testing/authenticator.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

const origin = 'https://tasks.example.com'
const auth = '/api/v1/auth'

const start = async (t: TestContext) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock }, { PUBLIC_URL: origin })
  type Someone = Awaited<ReturnType<typeof api.signup>>
  const add = async (person: Someone, authenticator = createAuthenticator(origin)) => {
    const { body } = await person.post(`${auth}/passkeys/options`, {})
    const response = authenticator.register(body)
    const added = await person.post(`${auth}/passkeys`, { name: 'Phone', response })
    return { ...added, response, authenticator }
  }
  const loginOptions = async () => (await api.anonymous.post(`${auth}/passkey-login/options`)).body
  const login = (response: object, headers: Record<string, string> = {}) =>
    api.anonymous.post(`${auth}/passkey-login`, { response }, headers)
  return { ...api, clock, ada: await api.signup(), add, loginOptions, login }
}

test('a passkey signs its person in, without password or code, and is listed and removed', async (t) => {
  const { ada, add, as, login, loginOptions, clock } = await start(t)
  const { status, authenticator } = await add(ada)
  assert.equal(status, 201)
  clock.advance({ minutes: 1 })
  const signedIn = await login(authenticator.authenticate(await loginOptions()))
  assert.deepEqual([signedIn.status, signedIn.body.user.email], [200, ada.email])
  assert.equal((await as(signedIn.body.token).get('/api/v1/tasks')).status, 200)
  assert.deepEqual((await ada.get(`${auth}/passkeys`)).body.data, [
    {
      id: authenticator.id,
      name: 'Phone',
      created_at: '2026-01-01T00:00:00Z',
      last_used_at: '2026-01-01T00:01:00Z',
    },
  ])
  assert.equal((await ada.delete(`${auth}/passkeys/${authenticator.id}`)).status, 204)
  assert.equal((await login(authenticator.authenticate(await loginOptions()))).status, 401)
})

test('what was signed for something else is refused', async (t) => {
  const { ada, add, signup, login, loginOptions, clock } = await start(t)
  const { authenticator, response } = await add(ada)
  assert.equal((await ada.post(`${auth}/passkeys`, { name: 'again', response })).status, 422, 'a used challenge')
  const once = authenticator.authenticate(await loginOptions())
  assert.equal((await login(once)).status, 200)
  assert.equal((await login(once)).status, 401, 'a used challenge')
  const options = await loginOptions()
  assert.equal((await login(authenticator.authenticate({ ...options, challenge: 'c29tZXRoaW5n' }))).status, 401)
  assert.equal((await login(authenticator.authenticate({ ...options, rpId: 'evil.example' }))).status, 401)
  const unverified = authenticator.authenticate(await loginOptions(), { flags: 0x01 })
  assert.equal((await login(unverified)).status, 401, 'without finger or PIN')
  assert.equal((await login(authenticator.authenticate(await loginOptions()))).status, 200)
  const cloned = authenticator.authenticate(await loginOptions(), { cloned: true })
  assert.equal((await login(cloned)).status, 401, 'a copy of the authenticator')
  const elsewhere = createAuthenticator('https://evil.example')
  assert.equal((await add(ada, elsewhere)).status, 422)
  assert.equal((await login(createAuthenticator(origin).authenticate(await loginOptions()))).status, 401)
  const late = await loginOptions()
  clock.advance({ minutes: 5 })
  assert.equal((await login(authenticator.authenticate(late))).status, 401, 'too late')
  const eve = await signup()
  const { body } = await ada.post(`${auth}/passkeys/options`, { password: ada.password })
  const foreign = createAuthenticator(origin).register(body)
  assert.equal((await eve.post(`${auth}/passkeys`, { name: 'x', response: foreign })).status, 422)
  assert.equal((await eve.delete(`${auth}/passkeys/${authenticator.id}`)).status, 404)
})

test('nonsense in a response is an error of the client', async (t) => {
  const { ada, add, login, loginOptions } = await start(t)
  const { authenticator } = await add(ada)
  const good = authenticator.authenticate(await loginOptions())
  for (const part of ['clientDataJSON', 'authenticatorData', 'signature']) {
    for (const value of ['', 'AAAA', '!!', 'x'.repeat(20_000), Buffer.from('[[[[').toString('base64url')]) {
      const answer = await login({ ...good, response: { ...good.response, [part]: value } })
      assert.equal(answer.status, 401, `${part} ${value.slice(0, 10)}`)
    }
  }
  assert.equal((await login({ ...good, response: { ...good.response, signature: 'x'.repeat(20_001) } })).status, 422)
  const { body } = await ada.post(`${auth}/passkeys/options`, {})
  const made = createAuthenticator(origin).register(body)
  for (const attestationObject of ['', 'AAAA', Buffer.alloc(5_000, 0x9f).toString('base64url')]) {
    const response = { ...made, response: { ...made.response, attestationObject } }
    assert.equal((await ada.post(`${auth}/passkeys`, { name: 'x', response })).status, 422)
  }
})

test('with a passkey a person proves again who they are, for what needs a fresh sign-in', async (t) => {
  const { ada, add, clock, signup } = await start(t)
  const { authenticator } = await add(ada)
  clock.advance({ minutes: 20 })
  const make = () => ada.post(`${auth}/tokens`, { name: 'x', scopes: ['tasks:read'] })
  assert.equal((await make()).status, 403)
  const eve = await signup()
  const stolen = authenticator.authenticate((await eve.post(`${auth}/step-up/options`)).body)
  assert.equal((await eve.post(`${auth}/step-up`, { response: stolen })).status, 422)
  const response = authenticator.authenticate((await ada.post(`${auth}/step-up/options`)).body)
  assert.equal((await ada.post(`${auth}/step-up`, { response })).status, 204)
  assert.equal((await make()).status, 201)
})

test('to remove a passkey a person proves again who they are', async (t) => {
  const { ada, add, clock } = await start(t)
  const { authenticator } = await add(ada)
  const path = `${auth}/passkeys/${authenticator.id}`
  clock.advance({ minutes: 16 })
  const refused = await ada.delete(path)
  assert.deepEqual([refused.status, refused.body.errors[0].path], [403, 'password'])
  assert.equal((await ada.send('DELETE', path, { password: 'a guess' })).status, 422)
  assert.equal((await ada.get(`${auth}/passkeys`)).body.data.length, 1)
  assert.equal((await ada.send('DELETE', path, { password: ada.password })).status, 204)
})

test('the owner is mailed when a passkey is added or removed, not when that fails', async (t) => {
  const { ada, add, service } = await start(t)
  const contents = async () => (await takeMails(service.database)).map(({ content }) => content)
  await takeMails(service.database)
  const notice = { name: 'Phone', at: '2026-01-01T00:00:00Z' }
  await add(ada, createAuthenticator('https://evil.example'))
  assert.deepEqual(await contents(), [])
  const { authenticator } = await add(ada)
  assert.deepEqual(await contents(), [{ kind: 'passkey-added', ...notice }])
  assert.equal((await ada.delete(`${auth}/passkeys/nonsense`)).status, 404)
  await ada.delete(`${auth}/passkeys/${authenticator.id}`)
  assert.deepEqual(await contents(), [{ kind: 'passkey-removed', ...notice }])
})

test('a suspended account does not sign in with a passkey either', async (t) => {
  const { ada, add, login, loginOptions, operator } = await start(t)
  const { authenticator } = await add(ada)
  await (await operator()).post(`/api/v1/admin/users/${ada.id}/suspend`)
  assert.equal((await login(authenticator.authenticate(await loginOptions()))).status, 403)
})
