import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressDigest, linkAudience, linkClaims, userDeleted } from '@taskflow/event-contracts'
import { anEvent, fakeClock } from '@taskflow/test-kit'
import { jwtVerify } from 'jose'
import type { AddressObject, ParsedMail } from 'mailparser'
import {
  aPerson,
  aReminderDue,
  knowTasks,
  linkSecret,
  reminderOf,
  startMailServer,
  startNotificationService,
  testMailer,
} from '../testing/start-notification-service.ts'

const start = async (t: Parameters<typeof startMailServer>[0], now = '2026-03-01T08:00:00Z') => {
  const server = await startMailServer(t)
  const clock = fakeClock(now)
  return { server, clock, service: await startNotificationService(t, { clock }, { smtpUrl: server.url }) }
}

const linksOf = (mail: ParsedMail): string[] => mail.text?.match(/https:\/\/taskflow\.example\/links\/\S+/g) ?? []

test('reminders of one task at one moment are one mail, also when one comes later', async (t) => {
  const { server, service } = await start(t)
  const user_id = await aPerson(service.database, { email: 'ada@example.com' })
  const first = aReminderDue(user_id, { title: 'Once', due_date: '2026-03-01T09:00:00Z' })
  const { task } = first.data as { task: { id: string } }
  const again = () => aReminderDue(user_id, { ...task, title: 'Once', due_date: '2026-03-01T09:00:00Z' })
  const [second, late] = [again(), again()]
  const other = aReminderDue(user_id, { title: 'Another' })
  await knowTasks(service.database, [first, second, late, other])
  await service.deliver('task-reminders', [first, second, other])
  await service.send()
  await service.send()
  assert.deepEqual(server.mails.map(({ subject }) => subject?.replace(/^.*: /, '')).toSorted(), ['Another', 'Once'])
  await service.deliver('task-reminders', [late])
  await service.send()
  assert.equal(server.mails.length, 2)
  const sent = (await service.outbox('notifications')).filter(({ event }) => event.type === 'reminder.sent')
  assert.equal(sent.length, 4)
})

test('a fired reminder, delivered three times, is one mail with what, when and where', async (t) => {
  const { server, service } = await start(t)
  const user_id = await aPerson(service.database, {
    email: 'ada@example.com',
    time_zone: 'Europe/Berlin',
    locale: 'de',
  })
  const event = aReminderDue(user_id, {
    title: 'Miete <b>zahlen</b>\r\nBcc: eve@example.com {{name}}',
    due_date: '2026-03-01T09:00:00Z',
    time_zone: 'Europe/Berlin',
    description: 'an "alle" & jeden\nzweite Zeile',
  })
  await knowTasks(service.database, [event])
  await service.deliver('task-reminders', [event], { times: 3 })
  await service.send()
  await service.send()

  assert.equal(server.mails.length, 1)
  const mail = server.mails[0]!
  assert.equal(mail.subject, 'Erinnerung: Miete <b>zahlen</b> Bcc: eve@example.com {{name}}')
  assert.deepEqual((mail.to as AddressObject).value, [{ name: 'Ada', address: 'ada@example.com' }])
  assert.deepEqual(mail.from?.value, [{ name: 'TaskFlow', address: 'reminders@taskflow.example' }])
  assert.match(mail.text ?? '', /Fällig: Sonntag, 1\. März 2026 um 10:00 \(Europe\/Berlin\)\n/)
  assert.match(mail.text ?? '', /an "alle" & jeden\nzweite Zeile/)
  assert.doesNotMatch(String(mail.html), /<b>/)
  assert.match(String(mail.html), /Miete &lt;b&gt;zahlen&lt;&#x2F;b&gt; Bcc: eve@example.com \{\{name\}\}/)
  const { id, at } = reminderOf(event)
  assert.equal(mail.messageId, `<${id}.${Date.parse(at)}@taskflow.example>`)
  const [sent] = await service.published()
  assert.deepEqual([sent?.type, sent?.causationid, sent?.partitionkey], ['reminder.sent', event.id, event.partitionkey])
  assert.deepEqual(
    (await service.ledger()).map(({ state, attempts, copies }) => [state, attempts, copies]),
    [['sent', 1, 1]],
  )
})

test('the task is attached as a calendar file', async (t) => {
  const { server, service } = await start(t)
  const user_id = await aPerson(service.database)
  const description = 'Bring:\nBEGIN:VALARM; a, b\\c'
  const event = aReminderDue(user_id, { title: 'Dentist; upstairs', description, due_date: '2026-03-01T09:30:00Z' })
  await service.remind(event, aReminderDue(user_id, { due_date: null }))
  const [withDate, without] = server.mails
  assert.equal(without?.attachments.length, 0)
  const [file] = withDate!.attachments
  assert.deepEqual([file?.filename, file?.contentType], ['task.ics', 'text/calendar'])
  const lines = file!.content.toString().replaceAll('\r\n ', '').split('\r\n')
  for (const line of [
    'METHOD:PUBLISH',
    `UID:${(event.data as { task: { id: string } }).task.id}@taskflow.example`,
    'DTSTAMP:20260301T080000Z',
    'DTSTART:20260301T093000Z',
    'SUMMARY:Dentist\\; upstairs',
    'DESCRIPTION:Bring:\\nBEGIN:VALARM\\; a\\, b\\\\c',
  ]) {
    assert.ok(lines.includes(line), `${line} is in\n${lines.join('\n')}`)
  }
})

test('links to complete, snooze and unsubscribe are signed for this firing and expire', async (t) => {
  const { server, clock, service } = await start(t)
  const user_id = await aPerson(service.database, { email: 'ada@example.com' })
  const event = aReminderDue(user_id)
  await service.remind(event)
  const mail = server.mails[0]!
  const claims = await Promise.all(
    linksOf(mail).map(async (link) => {
      const token = new URL(link).pathname.split('/').at(-1)!
      const currentDate = new Date(clock.now().epochMilliseconds)
      const { payload } = await jwtVerify(token, new TextEncoder().encode(linkSecret), {
        audience: linkAudience,
        currentDate,
      })
      return linkClaims.parse(payload)
    }),
  )
  const { id, at } = reminderOf(event)
  const { task } = event.data as unknown as { task: { id: string } }
  const now = clock.now().epochMilliseconds / 1_000
  assert.deepEqual(
    claims,
    (['complete', 'snooze', 'unsubscribe'] as const).map((action) => ({
      jti: `${action}.${id}.${Date.parse(at)}`,
      sub: user_id,
      action,
      task_id: task.id,
      reminder_id: id,
      exp: now + (action === 'unsubscribe' ? 365 : 7) * 86_400,
      ...(action === 'unsubscribe' ? { to: addressDigest('ada@example.com') } : {}),
    })),
  )
  const headers = new Map(mail.headerLines.map(({ key, line }) => [key, line.replaceAll(/\r\n\s*/g, ' ')]))
  assert.equal(headers.get('list-unsubscribe'), `List-Unsubscribe: <${linksOf(mail)[2]}>`)
  assert.equal(headers.get('list-unsubscribe-post'), 'List-Unsubscribe-Post: List-Unsubscribe=One-Click')
  assert.equal(headers.get('auto-submitted'), 'Auto-Submitted: auto-generated')
})

test('times use the reader’s clock: DST, leap day, year’s end, UTC+14 and UTC-11', async (t) => {
  const { server, service } = await start(t)
  const cases: [string, string, string, RegExp][] = [
    // New York clocks went from 02:00 to 03:00 on 8 March 2026, and back from 02:00 to 01:00 on 1 November.
    ['America/New_York', 'en-US', '2026-03-08T06:59:00Z', /Sunday, March 8, 2026 at 1:59.AM \(America\/New_York\)/],
    ['America/New_York', 'en-US', '2026-03-08T07:00:00Z', /Sunday, March 8, 2026 at 3:00.AM/],
    ['America/New_York', 'en-US', '2026-11-01T06:30:00Z', /Sunday, November 1, 2026 at 1:30.AM/],
    ['UTC', 'en-GB', '2028-02-29T12:00:00Z', /Tuesday,? 29 February 2028 at 12:00/],
    ['Pacific/Kiritimati', 'en-GB', '2026-12-31T10:00:00Z', /Friday,? 1 January 2027 at 00:00/],
    ['Pacific/Pago_Pago', 'en-GB', '2027-01-01T10:59:00Z', /Thursday,? 31 December 2026 at 23:59/],
    ['Asia/Tehran', 'fa-IR', '2026-03-21T00:00:00Z', /۱۴۰۵/],
  ]
  for (const [time_zone, locale, due_date, expected] of cases) {
    const user_id = await aPerson(service.database, { time_zone, locale })
    await service.remind(aReminderDue(user_id, { due_date, time_zone }))
    assert.match(server.mails.at(-1)?.text ?? '', expected)
  }
})

test('a task in another time zone shows both times', async (t) => {
  const { server, service } = await start(t)
  const user_id = await aPerson(service.database, { time_zone: 'Asia/Karachi', locale: 'en-GB' })
  await service.remind(aReminderDue(user_id, { due_date: '2026-07-01T10:00:00Z', time_zone: 'Europe/Berlin' }))
  assert.match(server.mails[0]?.text ?? '', /15:00 \(Asia\/Karachi\), .*12:00 \(Europe\/Berlin\)/)
})

test('a late reminder says so and gives its original time', async (t) => {
  const { server, service } = await start(t, '2026-03-01T09:15:00Z')
  const user_id = await aPerson(service.database, { locale: 'en-GB' })
  await service.remind(aReminderDue(user_id, {}, { late: true }))
  assert.match(server.mails[0]?.text ?? '', /comes late: it was for Sunday,? 1 March 2026 at 08:00 \(UTC\)/)
})

test('a reminder of a deleted account is suppressed; deleting an account clears its ledger rows', async (t) => {
  const { server, service } = await start(t)
  const deletedUser = '00000000-0000-4000-8000-000000000001'
  await service.remind(aReminderDue(deletedUser))
  assert.deepEqual(
    (await service.ledger()).map(({ state, reason }) => [state, reason]),
    [['suppressed', 'the account is gone or suspended']],
  )
  const user_id = await aPerson(service.database)
  await service.remind(aReminderDue(user_id))
  await service.deliver('user-events', [anEvent(userDeleted, {}, { user_id, key: user_id })])
  assert.deepEqual(
    (await service.ledger()).map((row) => row.user_id),
    [deletedUser],
  )
  const { rows } = await service.database.pool.query('SELECT subject FROM notifications.sent_counts')
  assert.deepEqual(rows, [])
  assert.equal(server.mails.length, 1)
})

test('the connection is encrypted if the server offers it; with requireTLS nothing is sent without', async (t) => {
  const seen: boolean[] = []
  const server = await startMailServer(t, {
    disabledCommands: [],
    onMailFrom: (_address, session, done) => {
      seen.push(session.secure)
      done()
    },
  })
  const smtpUrl = `${server.url}?tls.rejectUnauthorized=false`
  const service = await startNotificationService(t, { mailer: testMailer(smtpUrl) })
  await service.remind(aReminderDue(await aPerson(service.database)))
  assert.deepEqual([seen, server.mails.length], [[true], 1])

  const open = await startMailServer(t)
  const strict = await startNotificationService(t, { mailer: testMailer(`${open.url}?requireTLS=true`) })
  await strict.remind(aReminderDue(await aPerson(strict.database)))
  const [row] = await strict.ledger()
  assert.deepEqual([open.mails.length, row.state], [0, 'pending'])
  assert.equal(row.reason, 'the mail server is not available')
})

test('no mail content makes the mailer read a file or fetch a URL', async (t) => {
  const server = await startMailServer(t)
  const mailer = testMailer(server.url)
  t.after(mailer.close)
  const mail = { to: { name: '', address: 'ada@example.com' }, message_id: '<1@x>', subject: '', text: '', html: '' }
  for (const [from, reason] of [
    [{ path: import.meta.filename }, /^File access rejected/],
    [{ href: 'http://127.0.0.1:9/' }, /^Url access rejected/],
  ] as const) {
    const attachments = [{ filename: 'x', contentType: 'text/plain', ...from }] as never
    const message = { ...mail, unsubscribe_url: 'https://taskflow.example', attachments }
    const outcome = await mailer.send(message, new AbortController().signal)
    assert.match(outcome.result === 'sent' ? 'sent' : outcome.detail!, reason)
  }
  assert.deepEqual(server.mails, [])
})
