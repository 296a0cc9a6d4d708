import assert from 'node:assert/strict'
import { test } from 'node:test'
import { takeMails } from '../../../testing/account-mails.ts'
import { startChatApi } from '../../../testing/start-chat-api.ts'

const start = async (t: Parameters<typeof startChatApi>[0], env: Record<string, string> = {}) => {
  const api = await startChatApi(t, {}, env)
  const mails = () => takeMails(api.service.database)
  return {
    ...api,
    mails,
    confirm: (token: string | undefined) => api.anonymous.post('/api/v1/auth/confirm-email', { token }),
    login: (email: string) => api.anonymous.post('/api/v1/auth/login', { email, password: 'correct horse' }),
  }
}

type Person = Awaited<ReturnType<Awaited<ReturnType<typeof start>>['signup']>>

const change = (person: Person, email: string, password = person.password) =>
  person.post('/api/v1/auth/change-email', { email, password })

test('a new address is confirmed by its owner and the old one is told; then all sessions end', async (t) => {
  const { service, signup, mails, confirm, login } = await start(t)
  const ada = await signup()
  assert.equal((await change(ada, 'ada@example.org')).status, 202)
  const [proof, asked] = await mails()
  assert.deepEqual([proof?.to, proof?.kind, proof?.can_refuse], ['ada@example.org', 'confirm-new-address', true])
  assert.deepEqual([asked?.to, asked?.kind], [ada.email, 'address-change-requested'])
  assert.equal((asked!.content as { new_address: string }).new_address, 'a***@example.org')
  assert.equal((await ada.get('/api/v1/auth/me')).body.email, ada.email, 'nothing has changed yet')

  assert.deepEqual((await confirm(proof?.token)).body, { email: 'ada@example.org' })
  const [told, ...others] = await mails()
  assert.deepEqual([told?.to, told?.kind, others], [ada.email, 'address-changed', []])
  assert.equal((await ada.get('/api/v1/auth/me')).status, 401)
  assert.equal((await login(ada.email)).status, 401)
  const { status, body } = await login('ada@example.org')
  assert.deepEqual([status, body.user.id], [200, ada.id])
  assert.equal((await confirm(proof?.token)).status, 422)
  const acts = (await service.outbox('tasks')).filter(({ event }) => event.type === 'account.acted')
  const changes = acts.map(({ event }) => event.data.action).filter((action) => /^email/.test(String(action)))
  assert.deepEqual(changes, ['email_change_requested', 'email_changed'])
})

test('the password is needed, and an address that is not the account’s', async (t) => {
  const { signup, mails } = await start(t)
  const ada = await signup()
  const wrong = await change(ada, 'ada@example.org', 'a guess')
  assert.deepEqual([wrong.status, wrong.body.errors[0].path], [422, 'password'])
  const same = await change(ada, ada.email.toUpperCase())
  assert.deepEqual([same.status, same.body.errors[0].path], [422, 'email'])
  assert.deepEqual(await mails(), [])
})

test('an address with an account looks like any other, until its owner follows the link', async (t) => {
  const { signup, mails, confirm, service } = await start(t)
  const [ada, eve] = [await signup(), await signup()]
  const { status, body } = await change(ada, eve.email)
  assert.deepEqual([status, body], [202, undefined])
  const [proof] = await mails()
  assert.equal(proof?.to, eve.email)
  assert.equal((await confirm(proof?.token)).status, 409)
  const { rows } = await service.database.pool.query('SELECT email FROM identity.users WHERE id = $1', [ada.id])
  assert.deepEqual(rows, [{ email: ada.email }])
})

test('of two accounts that ask for one address, the first to confirm gets it', async (t) => {
  const { signup, mails, confirm } = await start(t)
  for (const person of [await signup(), await signup()]) await change(person, 'ada@example.org')
  const tokens = (await mails()).filter(({ token }) => token)
  const answers = await Promise.all(tokens.map(({ token }) => confirm(token)))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409])
})

test('a mistyped address is corrected; the stranger whose it is hears nothing of it', async (t) => {
  const { signup, mails, confirm } = await start(t, { REQUIRE_CONFIRMED_EMAIL: 'true' })
  const ada = await signup({ email: 'stranger@example.com' })
  const [toStranger] = await mails()
  await change(ada, 'ada@example.org')
  const [proof, ...others] = await mails()
  assert.deepEqual([proof?.to, others], ['ada@example.org', []])
  await confirm(proof?.token)
  assert.deepEqual(await mails(), [])
  assert.equal((await confirm(toStranger?.token)).status, 422)
})

test('a change of the password ends a change of address that was asked for', async (t) => {
  const { signup, mails, confirm } = await start(t)
  const ada = await signup()
  await change(ada, 'thief@example.org')
  const [proof] = await mails()
  const passwords = { current_password: ada.password, new_password: 'battery staple' }
  assert.equal((await ada.post('/api/v1/auth/change-password', passwords)).status, 204)
  assert.equal((await confirm(proof?.token)).status, 422)
})
