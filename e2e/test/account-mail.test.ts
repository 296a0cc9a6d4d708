import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startChatApi } from '@taskflow/chat-api/testing/start-chat-api'
import {
  aReminderDue,
  startMailServer,
  startNotificationService,
} from '@taskflow/notification-service/testing/start-notification-service'
import { fakeClock } from '@taskflow/test-kit'

/** chat-api and notification-service on one database, with a real mail server; no mesh between them. */
const start = async (t: Parameters<typeof startChatApi>[0]) => {
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const server = await startMailServer(t)
  const api = await startChatApi(t, { clock }, { REQUIRE_CONFIRMED_EMAIL: 'true' })
  const { database } = api.service
  const mails = await startNotificationService(t, { clock }, { smtpUrl: server.url, database })
  const published: string[] = []
  /** Sends what is due, after what chat-api published was delivered. */
  const send = async () => {
    await api.service.deps.resetAnswers.processDue()
    const events = (await api.service.outbox('tasks')).filter(({ topic }) => topic === 'user-events')
    const news = events.filter(({ event }) => !published.includes(event.id))
    published.push(...news.map(({ event }) => event.id))
    await mails.deliver(
      'user-events',
      news.map(({ event }) => event),
    )
    await mails.send()
    return server.mails.splice(0)
  }
  const tokenIn = (text = '') => /#token=(tfm_[\w-]{43})\s/.exec(text)?.[1]
  const linkIn = (text = '') => `${api.service.url}${/https:\/\/taskflow\.example(\/links\/\S+)/.exec(text)?.[1]}`
  return { ...api, clock, mails, send, tokenIn, linkIn }
}

test('before it is confirmed an address gets one mail; then what was held, and no more once it is unsubscribed', async (t) => {
  const { signup, anonymous, mails, send, tokenIn, linkIn } = await start(t)
  const ada = await signup({ name: 'Win a prize at https://evil.example' })
  const remind = () => mails.fire(aReminderDue(ada.id, { title: 'Visit https://evil.example' }))
  await remind()
  const [mail, ...others] = await send()
  assert.deepEqual([mail?.subject, others.length], ['Confirm your e-mail address', 0])
  assert.doesNotMatch(`${mail?.text}${mail?.html}`, /evil/)
  assert.deepEqual(await send(), [])

  const { status } = await anonymous.post('/api/v1/auth/confirm-email', { token: tokenIn(mail?.text) })
  assert.equal(status, 200)
  const [reminder] = await send()
  assert.match(reminder?.subject ?? '', /^Reminder: Visit/)

  assert.equal((await fetch(linkIn(reminder?.text), { method: 'GET' })).status, 200)
  const unsubscribe = reminder?.text?.match(/https:\/\/taskflow\.example\/links\/\S+/g)?.at(-1)
  await fetch(linkIn(unsubscribe), { method: 'POST' })
  await ada.patch('/api/v1/notifications/preferences', { channels: { email: true } })
  await remind()
  assert.deepEqual(await send(), [], 'the account cannot undo it')

  await ada.post('/api/v1/auth/resend-confirmation', {})
  const [proof] = await send()
  await anonymous.post('/api/v1/auth/confirm-email', { token: tokenIn(proof?.text) })
  await remind()
  assert.equal((await send()).length, 1, 'its owner can')
})

test('whose address somebody signed up with refuses all mail, from every account', async (t) => {
  const { signup, send, linkIn } = await start(t)
  const first = await signup({ email: 'stranger@example.com' })
  const [mail] = await send()
  assert.equal((await fetch(linkIn(mail?.text), { method: 'POST' })).status, 200)
  await first.send('DELETE', '/api/v1/auth/me', { password: first.password })
  const second = await signup({ email: 'Stranger@example.com' })
  const [wayBack] = await send()
  assert.equal(wayBack?.subject, 'Confirm your e-mail address', 'one in 30 days')
  assert.equal((await second.post('/api/v1/auth/resend-confirmation', {})).status, 429)
  assert.deepEqual(await send(), [])
})

test('a password is reset by what the mail says', async (t) => {
  const { signup, anonymous, send, tokenIn } = await start(t)
  const ada = await signup()
  const [proof] = await send()
  await anonymous.post('/api/v1/auth/confirm-email', { token: tokenIn(proof?.text) })
  for (const email of [ada.email, 'nobody@example.com']) await anonymous.post('/api/v1/auth/forgot-password', { email })
  const [mail, ...others] = await send()
  assert.deepEqual([mail?.subject, others.length], ['Set a new password', 0])
  const body = { token: tokenIn(mail?.text), new_password: 'battery staple' }
  assert.equal((await anonymous.post('/api/v1/auth/reset-password', body)).status, 204)
  const [notice] = await send()
  assert.equal(notice?.subject, 'Your password was reset')
  const login = { email: ada.email, password: body.new_password }
  assert.equal((await anonymous.post('/api/v1/auth/login', login)).status, 200)
})
