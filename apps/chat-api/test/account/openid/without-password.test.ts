import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { takeMails } from '../../../testing/account-mails.ts'
import { startWithProvider } from '../../../testing/openid-provider.ts'

const auth = '/api/v1/auth'

test('an account without a password has none that could be guessed', async (t) => {
  const { signupThrough, anonymous } = await startWithProvider(t)
  const ada = await signupThrough()
  for (const password of ['', 'null', 'nobody has this password', 'correct horse']) {
    const { status, body } = await anonymous.post(`${auth}/login`, { email: ada.email, password })
    assert.deepEqual([status, body.detail], [401, 'e-mail address or password is wrong'])
    const confirmed = await ada.post(`${auth}/change-email`, { email: 'new@example.org', password })
    assert.deepEqual([confirmed.status, confirmed.body.errors[0].path], [422, 'password'])
  }
})

test('its owner sets a password by a mail, and then signs in with it too', async (t) => {
  const { signupThrough, anonymous, as, login, service } = await startWithProvider(t)
  const ada = await signupThrough()
  const given = { current_password: 'x', new_password: 'a new correct horse' }
  const refused = await ada.post(`${auth}/change-password`, given)
  assert.equal(refused.status, 409)
  assert.match(refused.body.detail, /^you have no password: have a link to set one mailed/)
  await anonymous.post(`${auth}/forgot-password`, { email: ada.email })
  await service.app.loops.find(({ name }) => name === 'password reset requests')!.processDue()
  const token = (await takeMails(service.database))[0]?.token
  assert.equal(
    (await anonymous.post(`${auth}/reset-password`, { token, new_password: given.new_password })).status,
    204,
  )
  const { body } = await anonymous.post(`${auth}/login`, { email: ada.email, password: given.new_password })
  assert.equal((await as(body.token).get(`${auth}/me`)).body.has_password, true)
  assert.equal((await login()).status, 200)
})

test('what a password confirms needs a fresh sign-in of an account without one', async (t) => {
  const clock = fakeClock('2026-01-01T00:00:00Z')
  const { signupThrough, login, as, service } = await startWithProvider(t, { clock })
  const ada = await signupThrough()
  const makeToken = (person = ada as Pick<typeof ada, 'post'>) =>
    person.post(`${auth}/tokens`, { name: 'x', scopes: ['tasks:read'] })
  const changeEmail = (person = ada as Pick<typeof ada, 'post'>) =>
    person.post(`${auth}/change-email`, { email: 'new@example.org' })
  assert.equal((await makeToken()).status, 201)
  assert.equal((await changeEmail()).status, 202)
  clock.advance({ minutes: 16 })
  for (const { status, body } of [await makeToken(), await changeEmail(), await ada.send('DELETE', `${auth}/me`, {})]) {
    const seen = [status, body.detail, body.errors]
    assert.deepEqual(seen, [403, 'you signed in more than 15 minutes ago: sign out and in again', []])
  }
  const again = as((await login()).body.token)
  assert.equal((await makeToken(again)).status, 201)
  assert.equal((await again.send('DELETE', `${auth}/me`, {})).status, 204)
  const { rows } = await service.database.pool.query(
    `SELECT (SELECT count(*)::int FROM identity.users) AS users, (SELECT count(*)::int FROM identity.openid_links) AS links`,
  )
  assert.deepEqual(rows, [{ users: 0, links: 0 }])
  assert.equal((await login()).status, 201, 'a new account')
})

test('an account with a password is still deleted, and moved, by it only', async (t) => {
  const { signup, link, come, service } = await startWithProvider(t)
  const person = await signup()
  await link(person)
  await come(person, 'links')
  for (const answer of [
    await person.post(`${auth}/change-email`, { email: 'new@example.org' }),
    await person.send('DELETE', `${auth}/me`, {}),
  ]) {
    assert.deepEqual([answer.status, answer.body.errors[0].path], [422, 'password'])
  }
  assert.equal((await person.send('DELETE', `${auth}/me`, { password: person.password })).status, 204)
  for (const table of ['openid_links', 'openid_states']) {
    assert.equal((await service.database.pool.query(`SELECT FROM identity.${table}`)).rowCount, 0, table)
  }
})
