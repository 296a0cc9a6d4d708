import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { addressDigest, type LinkClaims, linkAudience } from '@taskflow/event-contracts'
import { fakeClock } from '@taskflow/test-kit'
import { SignJWT } from 'jose'
import { linkSecret, startChatApi } from '../../testing/start-chat-api.ts'

const now = '2026-03-01T08:00:00Z'
const week = 7 * 86_400

const start = async (t: Parameters<typeof startChatApi>[0]) => {
  const clock = fakeClock(now)
  const { service, signup } = await startChatApi(t, { clock })
  const ada = await signup()
  const due_date = '2026-03-01T09:00:00Z'
  const { body: task } = await ada.post('/api/v1/tasks', {
    title: 'Rent <b>',
    due_date,
    reminders: [{ type: '1_hour_before' }],
  })
  /** The link as notification-service makes it. */
  const link = async (
    action: string,
    claims: Partial<LinkClaims> = {},
    secret = linkSecret,
    audience = linkAudience,
  ) => {
    const about = { sub: ada.id, task_id: task.id, reminder_id: task.reminders[0].id }
    const token = await new SignJWT({
      jti: `${action}.${randomUUID()}`,
      action,
      exp: Date.parse(now) / 1_000 + week,
      ...about,
      ...claims,
    })
      .setProtectedHeader({ alg: 'HS256' })
      .setAudience(audience)
      .sign(new TextEncoder().encode(secret))
    return `${service.url}/links/${token}`
  }
  const follow = async (method: string, url: string, init: RequestInit = {}) => {
    const answer = await fetch(url, { method, redirect: 'error', ...init })
    return { status: answer.status, headers: answer.headers, page: await answer.text() }
  }
  const state = async () => {
    const { body } = await ada.get(`/api/v1/tasks/${task.id}`)
    return { done: body.is_completed, at: body.reminders[0].at, version: body.version }
  }
  return { clock, service, signup, ada, task, link, follow, state }
}

test('fetching a link shows a page with a button and changes nothing, however often', async (t) => {
  const { service, link, follow, state } = await start(t)
  const before = await state()
  for (const action of ['complete', 'snooze', 'unsubscribe']) {
    const url = await link(action)
    for (const method of ['GET', 'GET', 'HEAD']) assert.equal((await follow(method, url)).status, 200)
    const { page, headers } = await follow('GET', url)
    assert.match(page, /<form method='post'/)
    assert.match(headers.get('content-type') ?? '', /^text\/html/)
    assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'; /)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.equal(headers.get('referrer-policy'), 'no-referrer')
    assert.doesNotMatch(page, /<b>|<script/)
    if (action !== 'unsubscribe') assert.match(page, /Rent &lt;b&gt;/)
  }
  assert.deepEqual(await state(), before)
  const { rows } = await service.database.pool.query('SELECT * FROM tasks.used_links')
  assert.deepEqual(rows, [])
})

test('a link completes a task once: reused, it says so and a reopened task stays open', async (t) => {
  const { ada, task, link, follow, state } = await start(t)
  const url = await link('complete')
  const first = await follow('POST', url)
  assert.deepEqual([first.status, (await state()).done], [200, true])
  assert.match(first.page, /Done/)
  await ada.post(`/api/v1/tasks/${task.id}/reopen`)
  const second = await follow('POST', url)
  assert.equal(second.status, 410)
  assert.match(second.page, /used before/)
  assert.equal((await state()).done, false)
})

test('of two concurrent requests with one link, one takes effect', async (t) => {
  const { service, link, follow } = await start(t)
  const url = await link('snooze')
  const statuses = await Promise.all([1, 2, 3, 4].map(async () => (await follow('POST', url)).status))
  assert.deepEqual(statuses.toSorted(), [200, 410, 410, 410])
  const updates = (await service.outbox('tasks')).filter(({ event }) => event.type === 'task.updated')
  assert.equal(updates.length, 1)
})

test('a snooze link postpones by the time on its button, one hour by default', async (t) => {
  const { link, follow, state } = await start(t)
  await follow('POST', await link('snooze'))
  assert.equal((await state()).at, '2026-03-01T09:00:00Z')
  await follow('POST', `${await link('snooze')}?for=P1D`)
  assert.equal((await state()).at, '2026-03-02T08:00:00Z')
  const url = await link('snooze')
  assert.equal((await follow('POST', `${url}?for=-PT1H`)).status, 422)
  assert.equal((await follow('POST', `${url}?for=PT15M`)).status, 200, 'a rejected request does not use up the link')
  assert.equal((await state()).at, '2026-03-01T08:15:00Z')
})

test('a link that failed can be used again', async (t) => {
  const { ada, task, link, follow } = await start(t)
  const url = await link('snooze')
  await ada.post(`/api/v1/tasks/${task.id}/complete`)
  assert.equal((await follow('POST', url)).status, 409)
  await ada.post(`/api/v1/tasks/${task.id}/reopen`)
  assert.equal((await follow('POST', url)).status, 200)
})

test('one-click unsubscribe turns e-mail off, can be repeated, and accepts what mail clients post', async (t) => {
  const { ada, link, follow } = await start(t)
  const url = await link('unsubscribe')
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
  for (const _ of [1, 2]) assert.equal((await follow('POST', url, { body })).status, 200)
  const form = new FormData()
  form.set('List-Unsubscribe', 'One-Click')
  assert.equal((await follow('POST', url, { body: form })).status, 200)
  const { body: preferences } = await ada.get('/api/v1/notifications/preferences')
  assert.deepEqual(preferences.channels, { email: false, webhook: true })
})

test('unsubscribing is recorded for the owner, once, with where it came from; for other accounts nothing is', async (t) => {
  const { ada, service, link, follow } = await start(t)
  const acts = async () =>
    (await service.outbox('tasks')).flatMap(({ key, event }) => {
      const { action, actor, user_agent } = event.data as unknown as Record<string, unknown>
      return event.type === 'account.acted' ? [{ key, action, actor, user_agent, address: event.clientaddress }] : []
    })
  await follow('POST', await link('unsubscribe', { to: addressDigest('before@example.com') } as object))
  assert.deepEqual(await acts(), [], 'the account has another address by now')
  const url = await link('unsubscribe', { to: addressDigest(ada.email) } as object)
  await follow('GET', url)
  for (const _ of [1, 2]) await follow('POST', url, { headers: { 'user-agent': 'A mail program' } })
  const [act, ...others] = await acts()
  assert.deepEqual(others, [])
  assert.match(act?.address ?? '', /127\.0\.0\.1$/)
  assert.deepEqual(
    [act?.key, act?.action, act?.actor, act?.user_agent],
    [ada.id, 'address_unsubscribed', 'anyone', 'A mail program'],
  )
})

test('a tampered, expired or foreign link has no effect', async (t) => {
  const { clock, ada, service, link, follow, state } = await start(t)
  const before = await state()
  const good = await link('complete')
  const [base, token] = [`${service.url}/links/`, good.split('/').at(-1)!]
  const [head, payload, signature] = token.split('.')
  const forged = (change: object) =>
    Buffer.from(JSON.stringify({ ...JSON.parse(Buffer.from(payload!, 'base64url').toString()), ...change })).toString(
      'base64url',
    )
  const bad = [
    `${base}${head}.${forged({ action: 'snooze' })}.${signature}`,
    `${base}${Buffer.from('{"alg":"none"}').toString('base64url')}.${payload}.`,
    `${base}${head}.${payload}.${signature!.slice(0, -2)}`,
    `${base}nonsense`,
    `${base}${ada.token}`,
    await link('complete', {}, 'another-secret-another-secret-another-secret'),
    await link('complete', {}, linkSecret, 'taskflow'),
    await link('delete'),
  ]
  for (const url of bad) {
    for (const method of ['GET', 'POST']) assert.equal((await follow(method, url)).status, 404, url)
  }
  clock.advance({ seconds: week })
  for (const method of ['GET', 'POST']) assert.equal((await follow(method, good)).status, 410)
  assert.match((await follow('GET', good)).page, /expired/)
  assert.equal((await service.outbox('tasks')).filter(({ event }) => event.type === 'task.completed').length, 0)
  assert.deepEqual({ ...before }, { done: false, at: '2026-03-01T08:00:00Z', version: 1 })
})

test('a link works only for its user’s tasks', async (t) => {
  const { signup, link, follow, state } = await start(t)
  const eve = await signup()
  for (const action of ['complete', 'snooze']) {
    const url = await link(action, { sub: eve.id })
    for (const method of ['GET', 'POST']) assert.equal((await follow(method, url)).status, 404)
  }
  assert.deepEqual(await state(), { done: false, at: '2026-03-01T08:00:00Z', version: 1 })
})

test('a link cannot be used to sign in', async (t) => {
  const { service, link } = await start(t)
  const token = (await link('complete')).split('/').at(-1)!
  const answer = await fetch(`${service.url}/api/v1/tasks`, { headers: { authorization: `Bearer ${token}` } })
  assert.equal(answer.status, 401)
})

test('used links are deleted once they have expired', async (t) => {
  const { clock, service, link, follow } = await start(t)
  await follow('POST', await link('complete'))
  clock.advance({ seconds: week })
  const exp = clock.now().epochMilliseconds / 1_000 + week
  await follow('POST', await link('complete', { exp }))
  const { rowCount } = await service.database.pool.query('SELECT FROM tasks.used_links')
  assert.equal(rowCount, 1)
})
