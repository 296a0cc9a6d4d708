import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { addressDigest, linkAudience } from '@taskflow/event-contracts'
import { fakeClock } from '@taskflow/test-kit'
import { SignJWT } from 'jose'
import { takeMails } from '../../../testing/account-mails.ts'
import { linkSecret, startChatApi } from '../../../testing/start-chat-api.ts'

const start = async (t: Parameters<typeof startChatApi>[0], env: Record<string, string> = {}) => {
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const api = await startChatApi(t, { clock }, { REQUIRE_CONFIRMED_EMAIL: 'true', ...env })
  /** Follows the link that notification-service writes into a mail to `email`. */
  const unsubscribe = async (sub: string, email: string) => {
    const claims = { jti: randomUUID(), action: 'unsubscribe', sub, to: addressDigest(email) }
    const exp = Math.floor(clock.now().epochMilliseconds / 1_000) + 86_400
    const token = await new SignJWT({ ...claims, exp })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(linkAudience)
      .sign(new TextEncoder().encode(linkSecret))
    const answer = await fetch(`${api.service.url}/links/${token}`, { method: 'POST' })
    assert.equal(answer.status, 200)
  }
  const isSuppressed = async (id: string) => {
    const { rows } = await api.service.database.pool.query(
      'SELECT is_suppressed FROM identity.recipients WHERE user_id = $1',
      [id],
    )
    return rows[0]?.is_suppressed
  }
  return {
    ...api,
    ...{ clock, unsubscribe, isSuppressed },
    confirm: (token: string | undefined) => api.anonymous.post('/api/v1/auth/confirm-email', { token }),
    mails: () => takeMails(api.service.database),
  }
}

test('an unsubscribed address stays so, whatever its accounts do; its owner ends that by a mail to it', async (t) => {
  const { signup, mails, confirm, unsubscribe, isSuppressed } = await start(t)
  const ada = await signup()
  await confirm((await mails())[0]?.token)
  await unsubscribe(ada.id, ada.email)
  const me = async () => (await ada.get('/api/v1/auth/me')).body
  assert.deepEqual([(await me()).email_suppressed, await isSuppressed(ada.id)], [true, true])
  await ada.patch('/api/v1/notifications/preferences', { channels: { email: true } })
  assert.equal(await isSuppressed(ada.id), true, 'a preference does not end it')

  assert.equal((await ada.post('/api/v1/auth/resend-confirmation', {})).status, 202)
  const [mail] = await mails()
  assert.deepEqual([mail?.to, mail?.kind], [ada.email, 'confirm-address'])
  assert.equal((await confirm(mail?.token)).status, 200)
  assert.deepEqual([(await me()).email_suppressed, await isSuppressed(ada.id)], [false, false])
})

test('it outlives the account, and the table has no address', async (t) => {
  const { signup, mails, unsubscribe, isSuppressed, service } = await start(t)
  const eve = await signup({ email: 'Ada@example.com' })
  await mails()
  await unsubscribe(eve.id, eve.email)
  await eve.send('DELETE', '/api/v1/auth/me', { password: eve.password })
  await unsubscribe(eve.id, eve.email)
  const again = await signup({ email: 'ada@EXAMPLE.com' })
  assert.equal(await isSuppressed(again.id), true)
  const { rows } = await service.database.pool.query('SELECT * FROM identity.suppressed_addresses')
  assert.equal(rows.length, 1)
  assert.doesNotMatch(JSON.stringify(rows), /ada|example/i)
  assert.notEqual(rows[0].hash, addressDigest('ada@example.com'), 'keyed: a list of addresses cannot be tested')
})

test('an unproven address that wants no mail gets one link a month at most, from any account', async (t) => {
  const { signup, mails, unsubscribe, clock, anonymous, service } = await start(t)
  const eve = await signup({ email: 'ada@example.com' })
  await mails()
  await unsubscribe(eve.id, eve.email)
  const resend = () => eve.post('/api/v1/auth/resend-confirmation', {})
  assert.equal((await resend()).status, 202)
  assert.equal((await mails()).length, 1)
  assert.equal((await resend()).status, 429)
  clock.advance({ hours: 24 * 29 })
  const { body } = await anonymous.post('/api/v1/auth/login', { email: eve.email, password: eve.password })
  const headers = { authorization: `Bearer ${body.token}` }
  assert.equal((await anonymous.post('/api/v1/auth/resend-confirmation', {}, headers)).status, 429)
  await anonymous.post('/api/v1/auth/forgot-password', { email: eve.email })
  await service.deps.resetAnswers.processDue()
  await eve.send('DELETE', '/api/v1/auth/me', { password: eve.password }, headers)
  await signup({ email: 'ada@example.com' })
  assert.deepEqual(await mails(), [])
})

test('a link of a mail to a former address stops mail to that one only', async (t) => {
  const { signup, mails, confirm, unsubscribe, anonymous, as } = await start(t)
  const ada = await signup({ email: 'old@example.com' })
  await confirm((await mails())[0]?.token)
  await ada.post('/api/v1/auth/change-email', { email: 'new@example.com', password: ada.password })
  await confirm((await mails())[0]?.token)
  await unsubscribe(ada.id, 'old@example.com')
  const { body } = await anonymous.post('/api/v1/auth/login', { email: 'new@example.com', password: ada.password })
  const now = as(body.token)
  assert.equal((await now.get('/api/v1/auth/me')).body.email_suppressed, false)
  assert.equal((await now.get('/api/v1/notifications/preferences')).body.channels.email, true)
})
