import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { createIdentityUpkeep } from '../../../src/account/identity-upkeep.ts'
import { takeMails } from '../../../testing/account-mails.ts'
import { startChatApi } from '../../../testing/start-chat-api.ts'

const required = { REQUIRE_CONFIRMED_EMAIL: 'true' }

const start = async (t: Parameters<typeof startChatApi>[0], env: Record<string, string> = {}) => {
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const api = await startChatApi(t, { clock }, { ...required, ...env })
  const confirm = (token: string | undefined) => api.anonymous.post('/api/v1/auth/confirm-email', { token })
  return { ...api, clock, confirm, mails: () => takeMails(api.service.database) }
}

type Person = Awaited<ReturnType<Awaited<ReturnType<typeof start>>['signup']>>

const confirmed = async (person: Person) => (await person.get('/api/v1/auth/me')).body.email_confirmed
const resend = (person: Person) => person.post('/api/v1/auth/resend-confirmation', {})

test('signing up mails one link, which confirms the address once', async (t) => {
  const { signup, confirm, mails, service } = await start(t)
  const ada = await signup()
  const [mail, ...others] = await mails()
  assert.deepEqual([mail?.to, mail?.kind, mail?.can_refuse, others], [ada.email, 'confirm-address', true, []])
  assert.match(mail?.token ?? '', /^tfm_[\w-]{43}$/)
  assert.equal(await confirmed(ada), false)

  const tries = await Promise.all([1, 2, 3].map(() => confirm(mail?.token)))
  assert.deepEqual(tries.map(({ status }) => status).toSorted(), [200, 422, 422])
  assert.deepEqual(tries.find(({ status }) => status === 200)?.body, { email: ada.email })
  assert.match(tries.find(({ status }) => status === 422)?.body.detail, /was used before/)
  assert.equal(await confirmed(ada), true)
  const updates = (await service.outbox('tasks')).filter(({ event }) => event.type === 'user.updated')
  assert.deepEqual(
    updates.map(({ event }) => event.data.changed),
    [{ email_confirmed: [false, true] }],
  )
  assert.doesNotMatch(JSON.stringify(await service.outbox('tasks')), /tfm_|@example/)
})

test('where addresses need no confirmation, signing up mails nothing', async (t) => {
  const { signup, mails } = await start(t, { REQUIRE_CONFIRMED_EMAIL: 'false' })
  const ada = await signup()
  assert.deepEqual([await confirmed(ada), await mails()], [true, []])
  assert.equal((await resend(ada)).status, 202)
  assert.deepEqual(await mails(), [])
})

test('the token is stored as a hash and, until it is mailed, encrypted', async (t) => {
  const { signup, mails, service } = await start(t)
  await signup()
  const { rows } = await service.database.pool.query(
    'SELECT mail_tokens::text || account_mails::text AS stored FROM identity.mail_tokens, identity.account_mails',
  )
  const [mail] = await mails()
  assert.equal(rows.length, 1)
  assert.doesNotMatch(rows[0].stored, /tfm_/)
  assert.ok(mail?.token && !rows[0].stored.includes(mail.token.slice(4)))
})

test('a link works for 24 hours; the one mailed before still works when another is asked for', async (t) => {
  const { signup, confirm, mails, clock } = await start(t)
  const ada = await signup()
  await signup()
  const [first, ofEve] = await mails()
  clock.advance({ minutes: 30 })
  assert.equal((await resend(ada)).status, 202)
  const [second] = await mails()
  clock.advance({ hours: 23 })
  assert.equal((await confirm(first?.token)).status, 200)
  assert.equal((await confirm(second?.token)).status, 422, 'confirmed already')
  clock.advance({ minutes: 30 })
  assert.equal((await confirm(ofEve?.token)).status, 422, 'expired')
})

test('nobody’s mailbox fills up, whoever signs up with it, deletes the account and signs up again', async (t) => {
  const { signup, mails } = await start(t, { CONFIRMATIONS_PER_MAILBOX_PER_DAY: '3' })
  const counts: number[] = []
  for (const email of ['a.da@gmail.com', 'ada+1@gmail.com', 'ad.a+2@googlemail.com', 'ada@gmail.com']) {
    const person = await signup({ email })
    counts.push((await mails()).length)
    await person.send('DELETE', '/api/v1/auth/me', { password: person.password })
  }
  assert.deepEqual(counts, [1, 1, 1, 0])
  const last = await signup({ email: 'ada@gmail.com' })
  const refused = await resend(last)
  assert.deepEqual([refused.status, refused.headers.has('retry-after')], [429, true])
  assert.deepEqual(await mails(), [])
})

test('a person and a network ask for so many mails', async (t) => {
  const { signup, mails } = await start(t, {
    ACCOUNT_MAILS_PER_PERSON_PER_DAY: '2',
    ACCOUNT_MAILS_PER_NETWORK_PER_HOUR: '6',
  })
  const [ada, eve] = [await signup(), await signup()]
  assert.deepEqual(
    [await resend(ada), await resend(ada), await resend(ada)].map(({ status }) => status),
    [202, 202, 429],
  )
  assert.equal((await mails()).length, 4)
  assert.equal((await resend(eve)).status, 202)
  const { status, body } = await resend(eve)
  assert.equal(status, 429)
  assert.match(body.detail, /from your network address/)
  const bob = await signup()
  assert.deepEqual([bob.id.length, (await mails()).length], [36, 1], 'an account is made all the same')
})

test('so many links are followed from a network', async (t) => {
  const { confirm } = await start(t, { ACCOUNT_MAILS_PER_NETWORK_PER_HOUR: '3' })
  const statuses: number[] = []
  for (const token of ['tfm_a', 'tfm_b', 'tfm_c', 'tfm_d']) statuses.push((await confirm(token)).status)
  assert.deepEqual(statuses, [422, 422, 422, 429])
})

test('tokens and mails that have expired are removed', async (t) => {
  const { signup, service, clock } = await start(t)
  await signup()
  const counts = async () => {
    const { rows } = await service.database.pool.query(
      'SELECT (SELECT count(*)::int FROM identity.mail_tokens) AS tokens, (SELECT count(*)::int FROM identity.account_mails) AS mails',
    )
    return rows[0]
  }
  const upkeep = createIdentityUpkeep(service.deps)
  await upkeep.processDue()
  assert.deepEqual(await counts(), { tokens: 1, mails: 1 })
  clock.advance({ hours: 24 })
  await upkeep.processDue()
  assert.deepEqual(await counts(), { tokens: 0, mails: 0 })
})

test('an API token cannot ask for mails', async (t) => {
  const { signup, as } = await start(t)
  const ada = await signup()
  const { body } = await ada.post('/api/v1/auth/tokens', { name: 'x', scopes: ['account:write'] })
  const program = as(body.token)
  for (const path of ['resend-confirmation', 'change-email']) {
    assert.equal((await program.post(`/api/v1/auth/${path}`, {})).status, 403)
  }
})
