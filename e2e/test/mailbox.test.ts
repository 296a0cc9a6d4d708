import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createMailbox as mailboxAt } from '@taskflow/chat-api/caught-mail'
import { startChatApi } from '@taskflow/chat-api/testing/start-chat-api'
import { createMailbox } from '@taskflow/mailbox'
import { createTransport } from 'nodemailer'

test('caught mail is listed and shown to operators, in pages', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'taskflow-mail-'))
  const mailbox = createMailbox({ dir, smtpPort: 0, httpPort: 0 })
  t.after(async () => {
    await mailbox.stop()
    rmSync(dir, { recursive: true })
  })
  const { smtpPort, httpPort } = await mailbox.start()
  const smtp = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false, ignoreTLS: true })
  for (const subject of ['first', 'second', 'third']) {
    await smtp.sendMail({ from: 'a@example.com', to: 'b@example.com', subject, text: 'Hello', html: '<p>Hello</p>' })
  }
  const { operator } = await startChatApi(t, {}, { MAILBOX_URL: `http://127.0.0.1:${httpPort}` })
  const admin = await operator()
  const { body } = await admin.get('/api/v1/admin/mailbox?limit=2')
  assert.deepEqual([body.total, body.next_cursor, body.data[0].to], [3, '2', ['b@example.com']])
  assert.deepEqual(
    body.data.map(({ subject }: { subject: string }) => subject),
    ['third', 'second'],
  )
  const last = (await admin.get(`/api/v1/admin/mailbox?limit=2&cursor=${body.next_cursor}`)).body
  assert.deepEqual([last.data.length, last.next_cursor], [1, null])
  const mail = (await admin.get(`/api/v1/admin/mailbox/${last.data[0].id}`)).body
  assert.deepEqual(
    [mail.subject, mail.from, mail.text.trim(), mail.html.trim()],
    ['first', 'a@example.com', 'Hello', '<p>Hello</p>'],
  )
  assert.equal((await admin.get('/api/v1/admin/mailbox/20200101T000000000Z')).status, 404)

  const narrow = await startChatApi(t, { mailbox: mailboxAt(`http://127.0.0.1:${httpPort}`, 100) })
  const { status } = await (await narrow.operator()).get(`/api/v1/admin/mailbox/${last.data[0].id}`)
  assert.equal(status, 413)
})

test('there is no mailbox when mail is really sent; one that does not respond is 503', async (t) => {
  const admin = await (await startChatApi(t)).operator()
  const { status, body } = await admin.get('/api/v1/admin/mailbox')
  assert.equal(status, 404)
  assert.match(body.detail, /MAILBOX_URL/)
  const other = await startChatApi(t, {}, { MAILBOX_URL: 'http://127.0.0.1:1' })
  assert.equal((await (await other.operator()).get('/api/v1/admin/mailbox/x')).status, 503)
})
