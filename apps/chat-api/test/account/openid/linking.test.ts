import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { fakeClock, type TestDatabase } from '@taskflow/test-kit'
import { takeMails } from '../../../testing/account-mails.ts'
import { createAuthenticator } from '../../../testing/authenticator.ts'
import { environmentOf, openidPath, publicUrl, startWithProvider } from '../../../testing/openid-provider.ts'
import { startChatApi } from '../../../testing/start-chat-api.ts'

const links = `${openidPath}/links`

test('a person links an account of a provider, which then signs them in, and unlinks it', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { signup, link, login, service } = await startWithProvider(t, { clock })
  const person = await signup()
  const { status, body } = await link(person)
  assert.equal(status, 201)
  const [mail] = await takeMails(service.database)
  assert.deepEqual(mail?.content, { kind: 'identity-linked', name: 'Local', at: '2026-01-01T00:00:00Z' })
  clock.advance({ minutes: 1 })
  const signedIn = await login()
  assert.deepEqual([signedIn.status, signedIn.body.user.id], [200, person.id])
  assert.deepEqual((await person.get(links)).body.data, [
    {
      ...{ id: body.id, name: 'Local', email: 'ada@example.org' },
      ...{ created_at: '2026-01-01T00:00:00Z', last_used_at: '2026-01-01T00:01:00Z' },
    },
  ])
  await takeMails(service.database)
  assert.equal((await person.delete(`${links}/${body.id}`)).status, 204)
  const [notice] = await takeMails(service.database)
  assert.deepEqual(notice?.content, { kind: 'identity-unlinked', name: 'Local', at: '2026-01-01T00:01:00Z' })
  assert.deepEqual((await person.get(links)).body.data, [])
  assert.equal((await login()).status, 201, 'nobody’s now: a new account')
  const acts = (await service.outbox('tasks')).map(({ event }) => event.data as { action?: string; details?: object })
  for (const action of ['identity_linked', 'identity_unlinked']) {
    assert.deepEqual(acts.find((act) => act.action === action)?.details, { name: 'Local' })
  }
})

test('an account of a provider is linked to one person only, by that person only', async (t) => {
  const { signup, link, come, signupThrough, provider, ada } = await startWithProvider(t)
  await signupThrough()
  const eve = await signup()
  const { status, body } = await link(eve)
  assert.deepEqual([status, body.detail], [409, 'this account of Local is linked already'])
  provider.signIn({ ...ada, sub: 'eve' })
  const begun = await come(eve, 'links')
  const mallory = await signup()
  assert.equal((await mallory.post(links, begun.body, begun.cookie)).status, 422, 'somebody else began it')
  assert.equal((await eve.post(links, begun.body)).status, 422, 'another browser')
  assert.equal((await eve.post(links, begun.body, begun.cookie)).status, 201)
  const [own] = (await eve.get(links)).body.data
  assert.equal((await mallory.delete(`${links}/${own.id}`)).status, 404)
  assert.deepEqual((await mallory.get(links)).body.data, [])
})

test('linking needs a fresh sign-in or the password, and twenty are enough', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { signup, link, come, provider, ada } = await startWithProvider(t, { clock })
  const person = await signup()
  clock.advance({ minutes: 16 })
  await assert.rejects(come(person, 'links'), /403 you signed in more than 15 minutes ago/)
  const { password } = person
  assert.equal((await link(person, { password })).status, 201)
  for (let n = 2; n <= 20; n++) {
    provider.signIn({ ...ada, sub: `ada-${n}` })
    assert.equal((await link(person, { password })).status, 201)
  }
  provider.signIn({ ...ada, sub: 'ada-21' })
  assert.equal((await link(person, { password })).status, 409)
})

test('unlinking needs a fresh sign-in or the password', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { signup, link } = await startWithProvider(t, { clock })
  const person = await signup()
  const { id } = (await link(person)).body
  clock.advance({ minutes: 16 })
  assert.equal((await person.delete(`${links}/${id}`)).status, 403)
  assert.equal((await person.send('DELETE', `${links}/${id}`, { password: 'wrong' })).status, 422)
  assert.equal((await person.get(links)).body.data.length, 1)
  assert.equal((await person.send('DELETE', `${links}/${id}`, { password: person.password })).status, 204)
})

/** Runs requests that record what they do so that none commits before all have done their work or wait for another. */
const atOnce = async <T>({ pool }: TestDatabase, requests: () => Promise<T>[]): Promise<T[]> => {
  const lock = await pool.connect()
  await lock.query('BEGIN; LOCK TABLE tasks.outbox IN SHARE MODE')
  const running = requests()
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  while ((await pool.query(waiting)).rowCount !== running.length) await setTimeout(20)
  await lock.query('COMMIT')
  lock.release()
  return Promise.all(running)
}

test('the last way in is not removed: a password, a passkey or another link must be left', async (t) => {
  const { signupThrough, link, provider, ada, service } = await startWithProvider(t)
  const person = await signupThrough()
  const linked = async () => (await person.get(links)).body.data.map(({ id }: { id: string }) => id)
  const [first] = await linked()
  const refused = await person.delete(`${links}/${first}`)
  assert.equal(refused.status, 409)
  assert.match(refused.body.detail, /^you have no other way to sign in: add a passkey first, or set a password/)

  provider.signIn({ ...ada, sub: 'ada-2' })
  await link(person)
  assert.equal((await person.delete(`${links}/${first}`)).status, 204)
  const [second] = await linked()

  const authenticator = createAuthenticator(publicUrl)
  const options = (await person.post('/api/v1/auth/passkeys/options', {})).body
  await person.post('/api/v1/auth/passkeys', { name: 'Phone', response: authenticator.register(options) })
  const passkey = `/api/v1/auth/passkeys/${authenticator.id}`
  const both = await atOnce(service.database, () => [person.delete(passkey), person.delete(`${links}/${second}`)])
  assert.deepEqual(both.map(({ status }) => status).sort(), [204, 409], 'of two at once, one is refused')

  // A provider that is not configured any more signs nobody in.
  await service.database.pool.query('DELETE FROM identity.openid_links')
  await link(person)
  const later = await startChatApi(t, {}, { ...environmentOf(), OPENID_PROVIDERS: '' }, service.database)
  const { pool } = service.database
  await pool.query(`INSERT INTO identity.passkeys (id, user_id, name, public_key, counter, transports, created_at)
    SELECT 'p', id, 'x', '', 0, '{}', now() FROM identity.users ON CONFLICT DO NOTHING`)
  await pool.query(`DELETE FROM identity.passkeys WHERE id <> 'p'`)
  const session = later.as(person.token)
  assert.match((await session.get(links)).body.data[0].name, /^127\.0\.0\.1:\d+$/)
  assert.equal((await session.delete('/api/v1/auth/passkeys/p')).status, 409)
})

test('who resets the password may end what is linked; where the address was unproven, it ends', async (t) => {
  const { signup, link, anonymous, as, service } = await startWithProvider(t, {}, { REQUIRE_CONFIRMED_EMAIL: 'true' })
  const person = await signup()
  await link(person)
  const reset = async (more: object = {}) => {
    await anonymous.post('/api/v1/auth/forgot-password', { email: person.email })
    await service.app.loops.find(({ name }) => name === 'password reset requests')!.processDue()
    const token = (await takeMails(service.database)).find(({ kind }) => kind === 'reset-password')!.token
    const given = { token, new_password: 'another correct horse', ...more }
    assert.equal((await anonymous.post('/api/v1/auth/reset-password', given)).status, 204)
  }
  const count = async () =>
    Number((await service.database.pool.query('SELECT count(*) FROM identity.openid_links')).rows[0].count)
  await reset()
  assert.equal(await count(), 0, 'somebody else may have set it up')
  const credentials = { email: person.email, password: 'another correct horse' }
  await link(as((await anonymous.post('/api/v1/auth/login', credentials)).body.token))
  await reset()
  assert.equal(await count(), 1)
  await reset({ also_revoke: ['linked_accounts'] })
  assert.equal(await count(), 0)
})
