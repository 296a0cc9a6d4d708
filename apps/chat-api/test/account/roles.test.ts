import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTransaction } from '@taskflow/service-kit'
import { fakeClock } from '@taskflow/test-kit'
import { setRole } from '../../src/account/set-role.ts'
import { startChatApi } from '../../testing/start-chat-api.ts'

/** As the command does it: with the rights of the database's owner. */
const asOwner = ({ service: { database, deps } }: Awaited<ReturnType<typeof startChatApi>>) =>
  createTransaction({ pool: database.pool, clock: deps.clock, service: 'chat-api', wake: () => {} })

test('giving and taking back the admin role is published in the same transaction; repeating changes nothing', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const api = await startChatApi(t, { clock })
  const ada = await api.signup()
  const transaction = asOwner(api)
  const set = (role: 'user' | 'admin') => transaction((tx) => setRole(tx, ada.email.toUpperCase(), role))
  const published = async () =>
    (await api.service.outbox('tasks')).flatMap(({ event }) =>
      event.type === 'account.acted' ? [event.data as unknown as Record<string, unknown>] : [],
    )
  const users = () => ada.get('/api/v1/admin/users')
  assert.deepEqual(await set('admin'), { email: ada.email, changed: true, limitedTokens: 0 })
  clock.advance({ seconds: 10 })
  assert.equal((await users()).status, 200)
  const make = async (...scopes: string[]) =>
    api.as((await ada.post('/api/v1/auth/tokens', { name: 'x', scopes })).body.token)
  const [both, only, none] = [await make('tasks:read', 'admin'), await make('admin'), await make('tasks:read')]
  const unchanged = { email: ada.email, changed: false, limitedTokens: 0 }
  assert.deepEqual(await set('admin'), unchanged)
  assert.deepEqual(await set('user'), { email: ada.email, changed: true, limitedTokens: 2 })
  assert.deepEqual(await set('user'), unchanged)
  clock.advance({ seconds: 10 })
  assert.equal((await users()).status, 403)
  // A role that is given again gives no old token its scope back.
  await set('admin')
  clock.advance({ seconds: 10 })
  const statuses = async (path: string) =>
    Promise.all([both, only, none].map(async (each) => (await each.get(path)).status))
  assert.deepEqual(await statuses('/api/v1/audit?user_id=all'), [403, 401, 403])
  assert.deepEqual(await statuses('/api/v1/tasks'), [200, 401, 200])
  assert.deepEqual(
    (await published()).flatMap(({ action, actor, details, user_id }) =>
      actor === 'operator' ? [[action, details, user_id]] : [],
    ),
    [
      ['role_granted', { role: 'admin' }, ada.id],
      ['role_revoked', { role: 'admin', limited_tokens: 2 }, ada.id],
      ['role_granted', { role: 'admin' }, ada.id],
    ],
  )
  assert.equal(await transaction((tx) => setRole(tx, 'nobody@example.com', 'admin')), 'unknown')
})

test('nobody gets the admin role by an address that they have not confirmed', async (t) => {
  const api = await startChatApi(t, {}, { REQUIRE_CONFIRMED_EMAIL: 'true' })
  const eve = await api.signup()
  assert.equal(await asOwner(api)((tx) => setRole(tx, eve.email, 'admin')), 'unconfirmed')
  const { rows } = await api.service.database.pool.query('SELECT role FROM identity.users')
  assert.deepEqual(rows, [{ role: 'user' }])
})

test('a role that cannot be recorded is not given', async (t) => {
  const api = await startChatApi(t)
  const ada = await api.signup()
  await api.service.database.pool.query('ALTER TABLE tasks.outbox RENAME TO outbox_gone')
  await assert.rejects(asOwner(api)((tx) => setRole(tx, ada.email, 'admin')))
  const { rows } = await api.service.database.pool.query('SELECT role FROM identity.users')
  assert.deepEqual(rows, [{ role: 'user' }])
})
