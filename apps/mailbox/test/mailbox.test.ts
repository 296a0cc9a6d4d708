import assert from 'node:assert/strict'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { get as httpGet, type IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createTransport } from 'nodemailer'
import { createMailbox, type MailboxOptions } from '../src/mailbox.ts'
import type { bodies, Summary } from '../src/message.ts'

type Message = Summary & Awaited<ReturnType<typeof bodies>> & Record<'ReturnPath' | 'List-Unsubscribe', unknown>
interface Page {
  total: number
  unread: number
  messages: Message[]
}

const openMailbox = async (t: TestContext, options: Partial<MailboxOptions> = {}) => {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'mailbox-')))
  const mailbox = createMailbox({ dir, smtpPort: 0, httpPort: 0, ...options })
  const { smtpPort, httpPort } = await mailbox.start()
  const mailer = createTransport({ host: '127.0.0.1', port: smtpPort, secure: false })
  t.after(async () => {
    mailer.close()
    await mailbox.stop()
    await rm(dir, { recursive: true, force: true })
  })
  const request = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${httpPort}${path}`, init)
  const get = async (path: string) => (await request(path)).json() as Promise<Page & Message>
  return { dir, mailbox, mailer, smtpPort, httpPort, request, get }
}

const aMail = (fields = {}) => ({
  from: { name: 'TaskFlow', address: 'noreply@taskflow.example' },
  to: { name: 'Zoë Grün', address: 'zoe@example.org' },
  subject: 'Reminder: water the plants 🌱',
  text: 'Water the plants\n  today.\n',
  ...fields,
})

test('a received mail is listed in the format of Mailpit', async (t) => {
  const { mailer, get } = await openMailbox(t)
  const sent = await mailer.sendMail(aMail({ replyTo: 'help@taskflow.example', cc: 'a@example.org, b@example.org' }))
  const { messages, ...page } = await get('/api/v1/messages')
  assert.deepEqual(page, { total: 1, unread: 1, count: 1, messages_count: 1, messages_unread: 1, start: 0, tags: [] })
  const { ID, Created, Size, ...message } = messages[0]!
  assert.match(ID, /^[A-Za-z0-9]+$/)
  assert.ok(Math.abs(Date.parse(Created) - Date.now()) < 60_000)
  assert.ok(Size > 200)
  assert.deepEqual(message, {
    Read: false,
    Tags: [],
    MessageID: sent.messageId.replace(/[<>]/g, ''),
    From: { Name: 'TaskFlow', Address: 'noreply@taskflow.example' },
    To: [{ Name: 'Zoë Grün', Address: 'zoe@example.org' }],
    Cc: [
      { Name: '', Address: 'a@example.org' },
      { Name: '', Address: 'b@example.org' },
    ],
    Bcc: [],
    ReplyTo: [{ Name: '', Address: 'help@taskflow.example' }],
    Subject: 'Reminder: water the plants 🌱',
    Attachments: 0,
    Snippet: 'Water the plants today.',
  })
})

test('a message has bodies, headers, source and attachments; reading it marks it read', async (t) => {
  const { mailer, get, request } = await openMailbox(t)
  const content = 'BEGIN:VCALENDAR'
  await mailer.sendMail(
    aMail({
      html: '<p onclick="x">Water <b>the plants</b></p>',
      headers: { 'List-Unsubscribe': '<https://taskflow.example/u>' },
      attachments: [{ filename: 'täsk.ics', content, contentType: 'text/calendar' }],
    }),
  )
  const { ID } = (await get('/api/v1/messages')).messages[0]!
  const message = await get(`/api/v1/message/${ID}`)
  assert.equal(message.Text, 'Water the plants\n  today.\n')
  assert.match(message.HTML, /<b>the plants<\/b>/)
  assert.equal(message.ReturnPath, 'noreply@taskflow.example')
  assert.deepEqual(message.Attachments, [
    { PartID: '1', FileName: 'täsk.ics', ContentType: 'text/calendar', ContentID: '', Size: content.length },
  ])
  assert.equal(await (await request(`/api/v1/message/${ID}/part/1`)).text(), content)
  assert.deepEqual((await get(`/api/v1/message/${ID}/headers`))['List-Unsubscribe'], ['<https://taskflow.example/u>'])
  assert.match(
    await (await request(`/api/v1/message/${ID}/raw`)).text(),
    /^Return-Path: <noreply@taskflow.example>\r\n/,
  )
  assert.equal((await get('/api/v1/messages')).unread, 0)
  assert.equal((await get('/api/v1/message/latest')).ID, ID)
})

test('recipients only in the envelope are shown as Bcc', async (t) => {
  const { mailer, get } = await openMailbox(t)
  await mailer.sendMail(aMail({ bcc: 'secret@example.org' }))
  assert.deepEqual((await get('/api/v1/messages')).messages[0]?.Bcc, [{ Name: '', Address: 'secret@example.org' }])
})

test('mails are listed newest first, in pages, and only the newest are kept', async (t) => {
  const { mailer, get, dir } = await openMailbox(t, { keep: 5 })
  for (let n = 1; n <= 8; n++) await mailer.sendMail(aMail({ subject: `mail ${n}` }))
  const subjects = async (query: string) =>
    (await get(`/api/v1/messages${query}`)).messages.map((message) => message.Subject)
  assert.deepEqual(await subjects(''), ['mail 8', 'mail 7', 'mail 6', 'mail 5', 'mail 4'])
  assert.deepEqual(await subjects('?start=1&limit=2'), ['mail 7', 'mail 6'])
  assert.equal((await readdir(dir)).length, 5)
})

test('a hundred concurrent mails are all received', async (t) => {
  const { mailer, get } = await openMailbox(t)
  await Promise.all(Array.from({ length: 100 }, (_, n) => mailer.sendMail(aMail({ subject: `n${n}` }))))
  const { messages } = await get('/api/v1/messages?limit=200')
  assert.equal(new Set(messages.map((message) => message.Subject)).size, 100)
})

test('mails survive a restart; half-written files do not', async (t) => {
  const first = await openMailbox(t)
  await first.mailer.sendMail(aMail())
  await first.mailbox.stop()
  await writeFile(join(first.dir, '20260101T000000000Z.part'), 'half')
  const { get } = await openMailbox(t, { dir: first.dir })
  assert.equal((await get('/api/v1/messages')).messages[0]?.Subject, 'Reminder: water the plants 🌱')
  assert.equal((await readdir(first.dir)).length, 1)
})

test('deletes some mails, then all', async (t) => {
  const { mailer, get, request } = await openMailbox(t)
  for (const subject of ['a', 'b', 'c']) await mailer.sendMail(aMail({ subject }))
  const { ID } = (await get('/api/v1/messages')).messages[0]!
  const remove = (body?: string) => request('/api/v1/messages', { method: 'DELETE', ...(body && { body }) })
  assert.equal((await remove('{"IDs": "c"}')).status, 400)
  assert.equal((await remove('{')).status, 400)
  await remove(JSON.stringify({ IDs: [ID] }))
  assert.equal((await get('/api/v1/messages')).total, 2)
  assert.equal((await request(`/api/v1/message/${ID}`)).status, 404)
  await remove()
  assert.equal((await get('/api/v1/messages')).total, 0)
})

test('searches mails', async (t) => {
  const { mailer, get } = await openMailbox(t)
  await mailer.sendMail(aMail())
  await mailer.sendMail(aMail({ to: 'ali@example.org', subject: 'Daily digest', text: 'Nothing is due' }))
  const found = async (query: string) =>
    (await get(`/api/v1/search?query=${encodeURIComponent(query)}`)).messages.map((message) => message.Subject)
  assert.deepEqual(await found('NOTHING'), ['Daily digest'])
  assert.deepEqual(await found('to:zoe@example.org'), ['Reminder: water the plants 🌱'])
  assert.deepEqual(await found('subject:"daily digest" is:unread'), ['Daily digest'])
  assert.deepEqual(await found('-subject:digest from:noreply'), ['Reminder: water the plants 🌱'])
  assert.deepEqual(await found('constructor:x'), [])
})

test('any user name and password is accepted', async (t) => {
  const { smtpPort, get } = await openMailbox(t)
  const mailer = createTransport({ host: '127.0.0.1', port: smtpPort, auth: { user: 'somebody', pass: 'anything' } })
  await mailer.sendMail(aMail())
  mailer.close()
  assert.equal((await get('/api/v1/messages')).total, 1)
})

test('a mail over 25 MB is rejected permanently', async (t) => {
  const { mailer, get } = await openMailbox(t)
  const huge = 'x'.repeat(76).concat('\n').repeat(360_000)
  await assert.rejects(mailer.sendMail(aMail({ text: huge })), { responseCode: 552 })
  assert.equal((await get('/api/v1/messages')).total, 0)
})

test('the page runs only its own script; a mail in it runs none', async (t) => {
  const { mailer, get, request } = await openMailbox(t)
  await mailer.sendMail(aMail({ html: '<script>alert(1)</script>' }))
  const { ID } = (await get('/api/v1/messages')).messages[0]!
  const page = await request('/')
  assert.equal(page.status, 200)
  assert.match(page.headers.get('content-security-policy')!, /default-src 'none'; script-src 'self';/)
  assert.equal((await request('/page.js')).headers.get('content-type'), 'text/javascript; charset=utf-8')
  const mail = await request(`/view/${ID}.html`)
  assert.match(mail.headers.get('content-security-policy')!, /^sandbox allow-popups[^;]*; default-src 'none'/)
  assert.doesNotMatch(mail.headers.get('content-security-policy')!, /allow-scripts|allow-same-origin/)
})

test('serves health, and rejects unknown paths and wrong methods', async (t) => {
  const { request } = await openMailbox(t)
  assert.equal((await request('/livez')).status, 200)
  assert.equal((await request('/readyz')).status, 200)
  for (const path of ['/nowhere', '/api/v1/message/20260101T000000000Z', '/page/page.html', '/api/v1/message/..%2fx']) {
    const response = await request(path)
    assert.equal(response.status, 404, path)
    assert.ok((await response.json()) instanceof Object)
  }
  assert.equal((await request('/api/v1/messages', { method: 'POST' })).status, 405)
})

test('it is read under its own names only: a page of another site may not (DNS rebinding)', async (t) => {
  const { httpPort } = await openMailbox(t, { allowedHosts: ['mail.lan'] })
  const statusFor = async (host: string, path = '/api/v1/messages') => {
    const sent = httpGet({ host: '127.0.0.1', port: httpPort, path, headers: { host } })
    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    response.resume()
    return response.statusCode
  }
  for (const host of [
    'localhost',
    `localhost:${httpPort}`,
    '127.0.0.1',
    '[::1]:1',
    '10.0.0.7',
    'mailbox:8025',
    'MAIL.lan',
  ]) {
    assert.equal(await statusFor(host), 200, host)
  }
  for (const host of [
    'evil.example.com',
    'localhost.evil.com',
    'mailbox.evil.com',
    '127.0.0.1.nip.io',
    'x@localhost',
  ]) {
    assert.equal(await statusFor(host), 403, host)
    assert.equal(await statusFor(host, '/'), 403, host)
    assert.equal(await statusFor(host, '/readyz'), 200, host)
  }
})

test('only this user can read the mails, those that had another mode too', async (t) => {
  const dir = await mkdtemp(join(tmpdir(), 'mailbox-'))
  await chmod(dir, 0o755)
  await writeFile(join(dir, '20260101T000000000Z.eml'), 'Subject: old\r\n\r\nold', { mode: 0o644 })
  const { mailer } = await openMailbox(t, { dir })
  await mailer.sendMail(aMail())
  const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8)
  assert.equal(await modeOf(dir), '700')
  const names = await readdir(dir)
  assert.equal(names.length, 2)
  for (const name of names) assert.equal(await modeOf(join(dir, name)), '600', name)
})

test('bytes that are not a mail are shown all the same', async (t) => {
  const { mailer, get } = await openMailbox(t)
  const raw = Buffer.from([0xff, 0xfe, 0x00, 0x0a, 0x3a, 0x0d, 0x0a, 0x80])
  await mailer.sendMail({ envelope: { from: 'a@example.org', to: 'b@example.org' }, raw })
  const { ID, From, Bcc } = (await get('/api/v1/messages')).messages[0]!
  assert.deepEqual([From, Bcc], [null, [{ Name: '', Address: 'b@example.org' }]])
  assert.equal((await get(`/api/v1/message/${ID}`)).ID, ID)
})

test('it stops at once, even in the middle of a mail', async (t) => {
  const { mailbox, smtpPort } = await openMailbox(t)
  const socket = connect(smtpPort, '127.0.0.1')
  socket.on('error', () => {})
  await new Promise((resolve) => socket.once('data', resolve))
  socket.write('EHLO me\r\nMAIL FROM:<a@b.c>\r\nRCPT TO:<d@e.f>\r\nDATA\r\nhalf a ma')
  const before = performance.now()
  await mailbox.stop()
  assert.ok(performance.now() - before < 5_000)
  socket.destroy()
})
