import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { accountMails } from '@taskflow/database'
import {
  type AccountMailContent,
  addressDigest,
  linkAudience,
  linkClaims,
  sealedTokenKey,
} from '@taskflow/event-contracts'
import { fakeClock, type TestDatabase } from '@taskflow/test-kit'
import { drizzle } from 'drizzle-orm/node-postgres'
import { CompactEncrypt, jwtVerify } from 'jose'
import type { AddressObject } from 'mailparser'
import { accountMailTexts } from '../src/domain/account-mail/account-mail.ts'
import {
  aPerson,
  aReminderDue,
  linkSecret,
  smtpError,
  startMailServer,
  startNotificationService,
} from '../testing/start-notification-service.ts'

const now = '2026-03-01T08:00:00Z'
const token = `tfm_${'a'.repeat(43)}`

const start = async (t: Parameters<typeof startMailServer>[0], env: Record<string, string> = {}) => {
  const server = await startMailServer(t)
  const clock = fakeClock(now)
  const service = await startNotificationService(t, { clock }, { smtpUrl: server.url, env })
  const waiting = async () =>
    (await service.database.pool.query('SELECT * FROM identity.account_mails ORDER BY id')).rows
  return { server, clock, service, waiting }
}

/** An account mail as chat-api writes it. */
const write = async (
  { pool }: TestDatabase,
  content: AccountMailContent,
  fields: Partial<typeof accountMails.$inferInsert> & { secret?: string } = {},
) => {
  const { secret = linkSecret, ...given } = fields
  const user_id = given.user_id ?? (await aPerson({ pool } as TestDatabase))
  const id = randomUUID()
  const sealed_token =
    'at' in content
      ? null
      : await new CompactEncrypt(new TextEncoder().encode(token))
          .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: id })
          .encrypt(sealedTokenKey(secret))
  const row = {
    ...{ id, user_id, content, sealed_token, address: 'ada@example.com', locale: 'en', time_zone: 'UTC' },
    ...{ can_refuse: false, created_at: now, expires_at: '2026-03-01T09:00:00Z', next_attempt_at: now },
    ...given,
  }
  await drizzle(pool).insert(accountMails).values(row)
  return row
}

test('a mail has its link with the token in the fragment, and nothing of it is kept', async (t) => {
  const { server, service, waiting } = await start(t)
  const { id } = await write(service.database, { kind: 'reset-password' })
  await service.send()
  await service.send()
  const [mail, ...others] = server.mails
  assert.deepEqual([others.length, await waiting()], [0, []])
  assert.equal(mail?.subject, 'Set a new password')
  assert.deepEqual((mail!.to as AddressObject).value, [{ name: '', address: 'ada@example.com' }])
  assert.equal(mail?.messageId, `<${id}@taskflow.example>`)
  assert.match(mail?.text ?? '', new RegExp(`https://taskflow\\.example/reset-password#token=${token}\n`))
  assert.match(String(mail?.html), new RegExp(`reset-password#token&#x3D;${token}"`))
  assert.doesNotMatch(mail?.text ?? '', /\/links\//)
  assert.equal(mail?.headers.has('list-unsubscribe-post'), false)
})

test('a mail to an address that is not proven has no text of the account, and a link that refuses more', async (t) => {
  const { server, service, clock } = await start(t)
  const { user_id } = await write(service.database, { kind: 'confirm-address' }, { can_refuse: true })
  await service.send()
  const mail = server.mails[0]!
  assert.doesNotMatch(`${mail.subject} ${mail.text} ${mail.html}`, /Ada/)
  const link = /https:\/\/taskflow\.example\/links\/(\S+)/.exec(mail.text ?? '')
  const { payload } = await jwtVerify(link![1]!, new TextEncoder().encode(linkSecret), {
    audience: linkAudience,
    currentDate: new Date(clock.now().epochMilliseconds),
  })
  const { action, sub, to } = linkClaims.parse(payload) as { action: string; sub: string; to?: string }
  assert.deepEqual([action, sub, to], ['unsubscribe', user_id, addressDigest('ADA@example.com')])
  assert.equal((mail.headers.get('list') as unknown as { unsubscribe: { url: string } }).unsubscribe.url, link![0])
})

test('every mail is written in four languages, with times on the reader’s clock', async (t) => {
  const { server, service } = await start(t)
  const at = '2026-03-01T08:00:00Z'
  const contents: AccountMailContent[] = [
    { kind: 'confirm-address' },
    { kind: 'confirm-new-address' },
    { kind: 'reset-password' },
    { kind: 'new-sign-in', at, device: 'Firefox\n<b>', network: '203.0.113.9' },
    { kind: 'password-changed', at },
    { kind: 'password-reset', at },
    { kind: 'api-token-created', at, name: 'backup' },
    { kind: 'passkey-added', at, name: 'Phone' },
    { kind: 'passkey-removed', at, name: 'Phone' },
    { kind: 'second-factor-added', at },
    { kind: 'second-factor-removed', at },
    { kind: 'recovery-codes-created', at },
    { kind: 'identity-linked', at, name: 'Google' },
    { kind: 'identity-unlinked', at, name: 'Google' },
    { kind: 'address-change-requested', at, new_address: 'a***@example.org' },
    { kind: 'address-changed', at, new_address: 'a***@example.org' },
  ]
  const user_id = await aPerson(service.database)
  for (const [language, texts] of Object.entries(accountMailTexts)) {
    assert.deepEqual(
      Object.keys(texts.kinds),
      contents.map(({ kind }) => kind),
      language,
    )
    for (const content of contents) {
      server.mails.length = 0
      await write(service.database, content, { user_id, locale: `${language}-CH`, time_zone: 'Europe/Berlin' })
      await service.send()
      const { subject, text = '', html } = server.mails[0]!
      assert.equal(subject, texts.kinds[content.kind].subject)
      assert.match(String(html), new RegExp(`<html lang="${language}">`))
      assert.doesNotMatch(`${text}${html}`, /undefined|\{\{|<b>.*<b>/)
      if (!('at' in content)) continue
      assert.match(text, /9[:.h]00.*Europe\/Berlin|09:00.*Europe\/Berlin/, `${language} ${content.kind}`)
      assert.equal(text.includes('/forgot-password'), content.kind !== 'address-changed')
      if (content.kind === 'new-sign-in') assert.match(text, /Firefox <b>\n/)
    }
  }
})

test('a mail is tried again while the server is away, and given up when its link has expired', async (t) => {
  const { server, service, clock, waiting } = await start(t)
  await write(service.database, { kind: 'reset-password' })
  server.behaviour.onRcptTo = (_address, _session, done) => done(smtpError(451))
  await service.send()
  const [row] = await waiting()
  assert.deepEqual([row.attempts, row.copies, row.claimed_until], [1, 0, null])
  delete server.behaviour.onRcptTo
  await service.send()
  assert.equal(server.mails.length, 0, 'not before its time')
  clock.advance({ seconds: 5 })
  await service.send()
  assert.deepEqual([server.mails.length, await waiting()], [1, []])

  await write(service.database, { kind: 'reset-password' }, { next_attempt_at: '2026-03-01T09:00:00Z' })
  clock.advance({ hours: 1 })
  await service.send()
  assert.deepEqual([server.mails.length, await waiting()], [1, []])
})

test('a refused mail, and one whose token cannot be opened, are dropped', async (t) => {
  const { server, service, waiting } = await start(t)
  await write(service.database, { kind: 'confirm-address' }, { secret: 'another-secret-another-secret-another' })
  await service.send()
  assert.deepEqual([server.mails.length, await waiting()], [0, []])
  server.behaviour.onRcptTo = (_address, _session, done) => done(smtpError(550))
  await write(service.database, { kind: 'confirm-address' })
  await service.send()
  assert.deepEqual([server.mails.length, await waiting()], [0, []])
})

test('a token opens for the mail it was sealed for only', async (t) => {
  const { server, service } = await start(t)
  const { sealed_token } = await write(service.database, { kind: 'reset-password' }, { address: 'ada@example.com' })
  await service.database.pool.query('DELETE FROM identity.account_mails')
  await write(service.database, { kind: 'reset-password' }, { address: 'eve@example.com', sealed_token })
  await service.send()
  assert.deepEqual(server.mails, [])
})

test('two replicas send each mail once; one that died is followed by the other', async (t) => {
  const { server, clock, service, waiting } = await start(t)
  const other = await startNotificationService(t, { clock }, { smtpUrl: server.url, database: service.database })
  for (let count = 0; count < 6; count++) await write(service.database, { kind: 'reset-password' })
  await Promise.all([service.send(), other.send(), service.send(), other.send()])
  const ids = server.mails.map(({ messageId }) => messageId)
  assert.deepEqual([ids.length, new Set(ids).size], [6, 6])

  await write(service.database, { kind: 'reset-password' }, { claimed_until: '2026-03-01T08:02:00Z', copies: 1 })
  await other.send()
  assert.equal(server.mails.length, 6, 'another replica is sending it')
  clock.advance({ minutes: 2 })
  await other.send()
  assert.deepEqual([server.mails.length, await waiting()], [7, []])
})

test('they count against the daily limit of the mail server and do not wait for it', async (t) => {
  const { server, service } = await start(t, { MAIL_PER_DAY: '1' })
  const user_id = await aPerson(service.database)
  await service.remind(aReminderDue(user_id), aReminderDue(user_id))
  assert.equal(server.mails.length, 1)
  await write(service.database, { kind: 'reset-password' })
  await service.send()
  assert.equal(server.mails.length, 2)
  const { rows } = await service.database.pool.query(
    `SELECT sum(count)::int AS sent FROM notifications.sent_counts WHERE subject = 'mail server'`,
  )
  assert.deepEqual(rows, [{ sent: 2 }])
})
