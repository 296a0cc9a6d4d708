import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { reminderDue } from '@taskflow/event-contracts'
import { anEvent, aTask, fakeClock, type TestDatabase } from '@taskflow/test-kit'
import { MailRefused } from '../src/domain/mailer.ts'
import { startMailServer, startNotificationService } from './notification-service.ts'

const addPerson = async ({ pool }: TestDatabase, fields: { id: string; time_zone?: string; locale?: string }) => {
  await pool.query(
    `INSERT INTO identity.users (id, email, name, password_hash, time_zone, locale, created_at) VALUES ($1, $2, 'Ada', '', $3, $4, now())`,
    [fields.id, 'ada@example.com', fields.time_zone ?? 'UTC', fields.locale ?? 'en'],
  )
}

const due = (user_id: string, fields: Partial<ReturnType<typeof aTask>> = {}, late = false) => {
  const { id, title, description, priority, due_date, time_zone } = aTask(fields)
  return anEvent(
    reminderDue,
    {
      reminder: { id: randomUUID(), type: '1_hour_before', at: '2026-03-01T08:00:00Z' },
      task: { id, title, description, priority, due_date, time_zone },
      late,
    },
    { user_id, key: id },
  )
}

test('a fired reminder, delivered three times, is one mail with what, when and where', async (t) => {
  const server = await startMailServer(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const service = await startNotificationService(t, { clock }, server.url)
  const user_id = randomUUID()
  await addPerson(service.database, { id: user_id, locale: 'de' })
  const event = due(user_id, {
    title: 'Miete <b>zahlen</b>\r\nBcc: eve@example.com',
    due_date: '2026-03-01T09:00:00Z',
    time_zone: 'Europe/Berlin',
    description: 'an "alle" & jeden',
  })
  await service.deliver('task-reminders', [event], { times: 3 })
  await service.deps.sending.processDue()
  await service.deps.sending.processDue()

  const mails = await server.mails()
  assert.equal(mails.length, 1)
  const [mail] = mails
  assert.equal(mail?.Subject, 'Reminder: Miete <b>zahlen</b> Bcc: eve@example.com')
  assert.deepEqual(mail.To, [{ Name: 'Ada', Address: 'ada@example.com' }])
  assert.match(mail.Text, /Sonntag, 1\. März 2026 um 10:00 \(Europe\/Berlin\)/)
  assert.doesNotMatch(mail.HTML, /<b>/)
  assert.match(mail.HTML, /Miete &#60;b&#62;zahlen/)
  const [sent] = await service.outbox('notifications')
  assert.deepEqual(
    [sent?.topic, sent?.key, sent?.event.type, sent?.event.causationid],
    ['task-reminders', event.partitionkey, 'reminder.sent', event.id],
  )
})

test('a late reminder says so', async (t) => {
  const server = await startMailServer(t)
  const service = await startNotificationService(t, {}, server.url)
  const user_id = randomUUID()
  await addPerson(service.database, { id: user_id })
  await service.deliver('task-reminders', [due(user_id, {}, true)])
  await service.deps.sending.processDue()
  assert.match((await server.mails())[0]?.Text ?? '', /comes late/)
})

test('while the server is away the mail waits, and goes when it is back', async (t) => {
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const texts: string[] = []
  let away = true
  const mailer = {
    send: async ({ message_id }: { message_id: string }) => {
      if (away) throw new MailRefused('connect ECONNREFUSED', false, undefined)
      texts.push(message_id)
    },
    close: () => {},
  }
  const service = await startNotificationService(t, { clock, mailer })
  const user_id = randomUUID()
  await addPerson(service.database, { id: user_id })
  await service.deliver('task-reminders', [due(user_id)])
  await service.deps.sending.processDue()
  away = false
  await service.deps.sending.processDue()
  assert.deepEqual(texts, [], 'not before its time')
  clock.advance({ seconds: 5 })
  await service.deps.sending.processDue()
  assert.equal(texts.length, 1)
  assert.deepEqual(
    (await service.outbox('notifications')).map(({ event }) => event.type),
    ['reminder.sent'],
  )
})

test('a refusal for good is told as reminder.failed, once, and not tried again', async (t) => {
  const clock = fakeClock('2026-03-01T08:00:00Z')
  let attempts = 0
  const mailer = {
    send: async () => {
      attempts++
      throw new MailRefused('550 no such user', true, undefined)
    },
    close: () => {},
  }
  const service = await startNotificationService(t, { clock, mailer })
  const user_id = randomUUID()
  await addPerson(service.database, { id: user_id })
  await service.deliver('task-reminders', [due(user_id)])
  await service.deps.sending.processDue()
  clock.advance({ hours: 1 })
  await service.deps.sending.processDue()
  assert.equal(attempts, 1)
  const [failed] = await service.outbox('notifications')
  assert.deepEqual([failed?.event.type, failed?.event.data.reason], ['reminder.failed', '550 no such user'])
})

test('a mail that no server took for a day has failed', async (t) => {
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const mailer = {
    send: async () => {
      throw new MailRefused('421 try later', false, undefined)
    },
    close: () => {},
  }
  const service = await startNotificationService(t, { clock, mailer })
  const user_id = randomUUID()
  await addPerson(service.database, { id: user_id })
  await service.deliver('task-reminders', [due(user_id)])
  for (let hour = 0; hour < 26; hour++) {
    await service.deps.sending.processDue()
    clock.advance({ hours: 1 })
  }
  assert.deepEqual(
    (await service.outbox('notifications')).map(({ event }) => event.data.reason),
    ['421 try later'],
  )
})

test('a reminder of an account that is gone is suppressed', async (t) => {
  const server = await startMailServer(t)
  const service = await startNotificationService(t, {}, server.url)
  await service.deliver('task-reminders', [due(randomUUID())])
  await service.deps.sending.processDue()
  const { rows } = await service.database.pool.query('SELECT state, reason FROM notifications.ledger')
  assert.deepEqual(rows, [{ state: 'suppressed', reason: 'the account is gone' }])
  assert.deepEqual(await server.mails(), [])
})
