import assert from 'node:assert/strict'
import { test } from 'node:test'
import { userUpdated } from '@taskflow/event-contracts'
import { anEvent, fakeClock } from '@taskflow/test-kit'
import {
  aPerson,
  aReminderDue,
  startMailServer,
  startNotificationService,
} from '../testing/start-notification-service.ts'

const start = async (t: Parameters<typeof startMailServer>[0], now: string) => {
  const server = await startMailServer(t)
  const clock = fakeClock(now)
  const service = await startNotificationService(t, { clock }, { smtpUrl: server.url })
  const prefer = async (user_id: string, preferences: object) => {
    await service.database.pool.query('UPDATE identity.users SET preferences = $2 WHERE id = $1', [
      user_id,
      preferences,
    ])
    const user = { id: user_id, time_zone: 'UTC', locale: 'en' }
    await service.deliver('user-events', [anEvent(userUpdated, { user, changed: {} }, { user_id, key: user_id })])
    await service.send()
  }
  const subjects = () => server.mails.map((mail) => mail.subject)
  return { server, clock, service, prefer, subjects }
}

test('a disabled channel is suppressed with the reason, and nothing is published', async (t) => {
  const { service, subjects } = await start(t, '2026-03-01T08:00:00Z')
  const user_id = await aPerson(service.database, { preferences: { channels: { email: false } } })
  await service.remind(aReminderDue(user_id))
  const [row] = await service.ledger()
  assert.deepEqual([row.state, row.reason], ['suppressed', 'the channel email is off'])
  assert.deepEqual([subjects(), await service.published()], [[], []])
})

test('quiet hours delay a mail until they end on the user’s clock, and it says when it was due', async (t) => {
  const { server, clock, service, subjects } = await start(t, '2026-03-28T22:30:00Z')
  const preferences = { quiet_hours: { start: '22:00', end: '07:00' } }
  const berlin = await aPerson(service.database, { time_zone: 'Europe/Berlin', preferences, locale: 'en-GB' })
  const pago = await aPerson(service.database, { time_zone: 'Pacific/Pago_Pago', preferences })
  const at = '2026-03-28T22:30:00Z'
  await service.remind(
    aReminderDue(berlin, { title: 'Berlin' }, { at }),
    aReminderDue(pago, { title: 'Pago Pago' }, { at }),
  )
  assert.deepEqual(subjects(), ['Reminder: Pago Pago'], 'it is 11:30 in the morning there')
  clock.set('2026-03-29T04:59:59Z')
  await service.send()
  assert.equal(server.mails.length, 1)
  clock.set('2026-03-29T05:00:00Z')
  await service.send()
  assert.deepEqual(subjects(), ['Reminder: Pago Pago', 'Reminder: Berlin'])
  assert.match(server.mails[1]?.text ?? '', /it was for Saturday,? 28 March 2026 at 23:30 \(Europe\/Berlin\)/)
})

test('turning off quiet hours releases the mail at once', async (t) => {
  const { service, prefer, subjects } = await start(t, '2026-03-01T23:00:00Z')
  const user_id = await aPerson(service.database, { preferences: { quiet_hours: { start: '22:00', end: '07:00' } } })
  await service.remind(aReminderDue(user_id))
  assert.deepEqual(subjects(), [])
  await prefer(user_id, {})
  assert.equal(subjects().length, 1)
})

test('reminders of one task at one moment are one line of a digest', async (t) => {
  const { clock, service, subjects } = await start(t, '2026-12-30T07:30:00Z')
  const user_id = await aPerson(service.database, { preferences: { daily_digest: '08:00' } })
  const first = aReminderDue(user_id, { title: 'Once' })
  await service.fire(first, aReminderDue(user_id, (first.data as { task: { id: string } }).task))
  await service.send()
  clock.set('2026-12-31T08:00:00Z')
  await service.send()
  assert.equal(subjects().length, 1)
  assert.match(subjects()[0]!, /: 1$/)
  assert.equal((await service.published()).length, 2)
})

test('a daily digest is one mail at its local time, with everything that fired since the last', async (t) => {
  const { server, clock, service, subjects } = await start(t, '2026-12-30T07:30:00Z')
  const preferences = { daily_digest: '08:00' }
  const user_id = await aPerson(service.database, { time_zone: 'Europe/Berlin', locale: 'de', preferences })
  const remind = (title: string) =>
    service.remind(aReminderDue(user_id, { title, due_date: '2026-12-31T12:00:00Z' }, { at: clock.now().toString() }))
  await remind('Eins')
  clock.set('2026-12-30T20:00:00Z')
  await remind('Zwei <&>')
  assert.deepEqual(subjects(), [])
  clock.set('2026-12-31T07:00:00Z')
  await service.send()
  assert.deepEqual(subjects(), ['Erinnerungen vom Donnerstag, 31. Dezember 2026: 2'])
  const mail = server.mails[0]!
  assert.match(mail.text ?? '', /\* Eins\n {2}Fällig: Donnerstag, 31\. Dezember 2026 um 13:00.*\n/)
  assert.match(mail.text ?? '', /\n\* Zwei <&>\n/)
  assert.match(String(mail.html), /Zwei &lt;&amp;&gt;/)
  assert.equal(mail.messageId, `<digest.${user_id}.2026-12-31@taskflow.example>`)
  assert.deepEqual(
    mail.attachments.map((each) => each.filename),
    ['task-1.ics', 'task-2.ics'],
  )
  const published = await service.published()
  assert.deepEqual(
    published.map(({ type, data }) => [type, data.message_id]),
    [1, 2].map(() => ['reminder.sent', mail.messageId]),
  )
  clock.set('2026-12-31T07:00:01Z')
  await remind('Drei')
  clock.set('2027-01-01T07:00:00Z')
  await service.send()
  assert.equal(subjects()[1], 'Erinnerungen vom Freitag, 1. Januar 2027: 1')
})

test('a failed digest is retried as the same mail', async (t) => {
  const { server, clock, service } = await start(t, '2028-02-28T09:00:00Z')
  const user_id = await aPerson(service.database, { preferences: { daily_digest: '08:00' } })
  await service.remind(aReminderDue(user_id), aReminderDue(user_id))
  const refused: string[] = []
  server.behaviour.onMail = (mail, done) => {
    refused.push(mail.messageId ?? '')
    done(Object.assign(new Error('later'), { responseCode: 451 }))
  }
  clock.set('2028-02-29T08:00:00Z')
  await service.send()
  delete server.behaviour.onMail
  clock.advance({ seconds: 10 })
  await service.remind(aReminderDue(user_id, { title: 'for tomorrow' }))
  assert.deepEqual(
    server.mails.map((mail) => mail.messageId),
    refused,
  )
  assert.match(server.mails[0]?.subject ?? '', /29.*: 2$/)
})

test('turning off the digest sends its pending reminders at once, one mail each', async (t) => {
  const { service, prefer, subjects } = await start(t, '2026-03-01T09:00:00Z')
  const user_id = await aPerson(service.database, { preferences: { daily_digest: '08:00' } })
  await service.remind(aReminderDue(user_id, { title: 'a' }), aReminderDue(user_id, { title: 'b' }))
  assert.deepEqual(subjects(), [])
  await prefer(user_id, {})
  assert.deepEqual(subjects().toSorted(), ['Reminder: a', 'Reminder: b'])
})

test('quiet hours and digests of one user do not delay others', async (t) => {
  const { service, subjects } = await start(t, '2026-03-01T23:00:00Z')
  const quiet = await aPerson(service.database, { preferences: { quiet_hours: { start: '22:00', end: '07:00' } } })
  const other = await aPerson(service.database)
  const many = Array.from({ length: 100 }, () => aReminderDue(quiet))
  await service.remind(...many, aReminderDue(other, { title: 'other' }))
  assert.deepEqual(subjects(), ['Reminder: other'])
})
