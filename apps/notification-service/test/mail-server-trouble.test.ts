import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import {
  aPerson,
  aReminderDue,
  smtpError,
  startMailServer,
  startNotificationService,
  testMailer,
} from '../testing/start-notification-service.ts'

type Test = Parameters<typeof startMailServer>[0]

const start = async (t: Test) => {
  const server = await startMailServer(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const [longTimeouts, shortTimeouts] = [
    testMailer(server.url),
    testMailer(server.url, { greeting: 200, handshake: 400, answer: 400 }),
  ]
  let mailer = longTimeouts
  const service = await startNotificationService(t, {
    clock,
    mailer: {
      send: (...args) => mailer.send(...args),
      close: () => {
        longTimeouts.close()
        shortTimeouts.close()
      },
    },
  })
  const subjects = () => server.mails.map((mail) => mail.subject).toSorted()
  /** Advances the clock by ten minutes, sending what is due, every second at first. */
  const tenMinutes = async () => {
    for (let seconds = 0, pause = 1; seconds < 600; seconds += pause, pause = Math.min(60, pause * 2)) {
      await service.send()
      clock.advance({ seconds: pause })
    }
  }
  /** Runs `work` with short timeouts for a hanging server; successful sends need longer ones on a busy machine. */
  const withShortTimeouts = async (work: () => Promise<unknown>) => {
    mailer = shortTimeouts
    await work()
    mailer = longTimeouts
  }
  return { server, clock, service, subjects, tenMinutes, withShortTimeouts }
}

/** A port with no listener. */
const closedPort = async (): Promise<number> => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

test('after ten minutes of 421 every mail is sent once, within half a minute', async (t) => {
  const { server, clock, service, subjects, tenMinutes } = await start(t)
  server.behaviour.onConnect = (_session, done) => done(smtpError(421, 'try later'))
  const people = await Promise.all(Array.from({ length: 20 }, () => aPerson(service.database)))
  await service.fire(...people.map((user_id, index) => aReminderDue(user_id, { title: String(index) })))
  await tenMinutes()
  assert.equal(server.mails.length, 0)
  assert.ok((await service.ledger()).every(({ state }) => state === 'pending'))
  delete server.behaviour.onConnect
  clock.advance({ seconds: 30 })
  await service.send()
  assert.deepEqual(subjects(), people.map((_, index) => `Reminder: ${index}`).toSorted())
  assert.ok((await service.ledger()).every(({ state, copies }) => state === 'sent' && copies === 1))
  assert.equal((await service.published()).filter(({ type }) => type === 'reminder.sent').length, 20)
})

test('a server that is down gets only spaced retries, and due mails are sent when it is back', async (t) => {
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const server = await startMailServer(t)
  let url = `smtp://127.0.0.1:${await closedPort()}`
  let attempts = 0
  const mailer = {
    send: (...args: Parameters<ReturnType<typeof testMailer>['send']>) => {
      attempts++
      const mailer = testMailer(url)
      return mailer.send(...args).finally(mailer.close)
    },
    close: () => {},
  }
  const service = await startNotificationService(t, { clock, mailer })
  const user_id = await aPerson(service.database)
  await service.remind(aReminderDue(user_id), aReminderDue(user_id))
  await service.send()
  assert.equal(attempts, 1, 'neither mail is tried before its time')
  const [row] = (await service.ledger()).filter((each) => each.attempts > 0)
  assert.equal(row?.reason, 'the mail server is not available')
  url = server.url
  clock.advance({ seconds: 1 })
  await service.send()
  assert.equal(server.mails.length, 2)
})

test('a server that hangs before DATA may be retried without limit: no mail was handed over', async (t) => {
  const { server, service, tenMinutes, clock, withShortTimeouts } = await start(t)
  server.behaviour.onRcptTo = () => {}
  await service.fire(aReminderDue(await aPerson(service.database)))
  await withShortTimeouts(tenMinutes)
  const [row] = await service.ledger()
  assert.deepEqual([row.state, row.copies], ['pending', 0])
  assert.equal(row.reason, 'the mail server did not take the mail yet')
  delete server.behaviour.onRcptTo
  clock.advance({ minutes: 10 })
  await service.send()
  assert.equal(server.mails.length, 1)
})

test('a server that accepts connections and stays silent is retried', async (t) => {
  const { server, service, tenMinutes, clock, withShortTimeouts } = await start(t)
  server.behaviour.onConnect = () => {}
  await service.fire(aReminderDue(await aPerson(service.database)))
  await withShortTimeouts(tenMinutes)
  const [row] = await service.ledger()
  assert.deepEqual([row.state, row.copies], ['pending', 0])
  assert.equal(row.reason, 'the mail server is not available')
  delete server.behaviour.onConnect
  clock.advance({ seconds: 30 })
  await service.send()
  assert.equal(server.mails.length, 1)
})

test('a server that hangs after DATA gets the mail one more time, never a third', async (t) => {
  const { server, service, clock, tenMinutes, withShortTimeouts } = await start(t)
  let received = 0
  server.behaviour.onMail = () => {
    received++
  }
  await service.fire(aReminderDue(await aPerson(service.database)))
  await withShortTimeouts(async () => {
    while (received === 0) {
      clock.advance({ seconds: 1 })
      await service.send()
    }
  })
  const [row] = await service.ledger()
  assert.deepEqual([row.state, row.copies], ['pending', 1])
  delete server.behaviour.onMail
  await service.send()
  assert.equal(server.mails.length, 0, 'the server gets time')
  clock.advance({ seconds: 20 })
  await service.send()
  assert.deepEqual([received, server.mails.length], [1, 1])
  const sent = (await service.ledger())[0]
  assert.deepEqual([sent.state, sent.copies], ['sent', 2])
  await tenMinutes()
  assert.equal(server.mails.length, 1)
})

test('a slow server is awaited: one mail, one attempt', async (t) => {
  const { server, service } = await start(t)
  server.behaviour.onMail = (_mail, done) => void setTimeout(done, 1_500)
  await service.remind(aReminderDue(await aPerson(service.database)))
  const [row] = await service.ledger()
  assert.deepEqual([server.mails.length, row.state, row.attempts], [1, 'sent', 1])
})

test('a server that drops the connection after every mail causes at most one duplicate, and the outcome is published', async (t) => {
  const { server, service, tenMinutes } = await start(t)
  let received = 0
  server.behaviour.onMail = () => {
    received++
    server.drop()
  }
  await service.fire(aReminderDue(await aPerson(service.database)))
  await tenMinutes()
  assert.equal(received, 2)
  const [row] = await service.ledger()
  assert.equal(row.state, 'failed')
  assert.match(row.reason, /handed over twice without an answer, it may have arrived/)
  assert.deepEqual(
    (await service.published()).map(({ type }) => type),
    ['reminder.failed'],
  )
})

test('a server that drops the connection before the mail gets it once when it is stable', async (t) => {
  const { server, service, clock, tenMinutes } = await start(t)
  server.behaviour.onRcptTo = () => server.drop()
  await service.fire(aReminderDue(await aPerson(service.database)))
  await tenMinutes()
  delete server.behaviour.onRcptTo
  clock.advance({ minutes: 10 })
  await service.send()
  assert.equal(server.mails.length, 1)
  assert.equal((await service.ledger())[0].copies, 1)
})

test('recipients whose mails hang do not delay others', async (t) => {
  const server = await startMailServer(t)
  const mailer = testMailer(server.url)
  const service = await startNotificationService(t, { mailer, clock: fakeClock('2026-03-01T08:00:00Z') })
  server.behaviour.onRcptTo = ({ address }, _session, done) => {
    if (!address.startsWith('hangs')) done()
  }
  const stuck = await aPerson(service.database, { email: 'hangs@example.com' })
  const others = await Promise.all(Array.from({ length: 12 }, () => aPerson(service.database)))
  const stuckReminders = Array.from({ length: 30 }, () => aReminderDue(stuck))
  await service.fire(...stuckReminders, ...others.map((each) => aReminderDue(each)))
  const began = performance.now()
  const sending = service.send()
  while (server.mails.length < 12 && performance.now() - began < 20_000)
    await new Promise((resolve) => setTimeout(resolve, 20))
  assert.equal(server.mails.length, 12)
  const rows = (await service.ledger()).filter((row) => row.user_id === stuck)
  assert.equal(rows.filter((row) => row.attempts > 0).length, 1, 'the others were sent while the first one hung')
  await service.deps.sending.stop()
  await sending
})

test('a 4xx reply to a mail is retried with back-off; other mails are sent', async (t) => {
  const { server, clock, service } = await start(t)
  let attempts = 0
  server.behaviour.onRcptTo = ({ address }, _session, done) => {
    if (!address.startsWith('grey')) return done()
    done(++attempts < 4 ? smtpError(451, 'greylisted') : null)
  }
  const grey = await aPerson(service.database, { email: 'grey@example.com' })
  const other = await aPerson(service.database)
  await service.remind(aReminderDue(grey), aReminderDue(other))
  assert.equal(server.mails.length, 1)
  const waits: number[] = []
  while (server.mails.length < 2) {
    const row = (await service.ledger()).find(({ user_id }) => user_id === grey)
    const wait = row.next_attempt_at.getTime() - clock.now().epochMilliseconds
    waits.push(wait / 1_000)
    clock.advance({ milliseconds: wait })
    await service.send()
  }
  assert.deepEqual(waits, [5, 10, 20])
})

test('a 5xx reply to a mail fails it with the reason, published once; the user’s next mail is tried', async (t) => {
  const { server, clock, service } = await start(t)
  server.behaviour.onRcptTo = (_address, _session, done) => done(smtpError(550, '5.1.1 no such user'))
  const user_id = await aPerson(service.database)
  await service.remind(aReminderDue(user_id))
  delete server.behaviour.onRcptTo
  clock.advance({ hours: 1 })
  await service.remind(aReminderDue(user_id))
  assert.equal(server.mails.length, 1)
  const [row] = await service.ledger()
  assert.deepEqual([row.state, row.attempts], ['failed', 1])
  const published = await service.published()
  assert.deepEqual(
    published.map(({ type }) => type),
    ['reminder.failed', 'reminder.sent'],
  )
  assert.equal(published[0]?.data.reason, 'the mail server refused the mail (550)')
})

test('a 5xx reply about the sender fails no mail: wrong password, exhausted quota', async (t) => {
  const { server, service } = await start(t)
  server.behaviour.onMailFrom = (_address, _session, done) =>
    done(smtpError(550, '5.4.5 Daily user sending limit exceeded'))
  await service.remind(aReminderDue(await aPerson(service.database)))
  assert.equal((await service.ledger())[0].state, 'pending')

  const strict = await startMailServer(t, {
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(new Error('wrong')),
  })
  const mailer = testMailer(strict.url.replace('smtp://', 'smtp://us:wrong@'))
  const second = await startNotificationService(t, { mailer })
  await second.remind(aReminderDue(await aPerson(second.database)))
  const [row] = await second.ledger()
  assert.equal(row.state, 'pending')
  assert.equal(row.reason, 'the mail server is not available')
})

test('a mail that no server accepted for a day has failed', async (t) => {
  const { server, clock, service } = await start(t)
  server.behaviour.onConnect = (_session, done) => done(smtpError(421, 'try later'))
  await service.fire(aReminderDue(await aPerson(service.database)))
  for (let hour = 0; hour < 26; hour++) {
    await service.send()
    clock.advance({ hours: 1 })
  }
  assert.deepEqual(
    (await service.published()).map(({ type }) => type),
    ['reminder.failed'],
  )
})

test('mails of a replica that dies while sending are taken over after its lease, not before', async (t) => {
  const { server, clock, service } = await start(t)
  await service.fire(aReminderDue(await aPerson(service.database)))
  // The state left by a replica killed between claim and outcome.
  await service.database.pool.query(`UPDATE notifications.ledger SET attempts = 1, copies = 1, claimed_until = $1`, [
    clock.now().add({ minutes: 2 }).toString(),
  ])
  clock.advance({ seconds: 119 })
  await service.send()
  assert.equal(server.mails.length, 0)
  clock.advance({ seconds: 1 })
  await service.send()
  assert.equal(server.mails.length, 1)
})

test('two replicas send each mail once', async (t) => {
  const { server, clock, service } = await start(t)
  const second = await startNotificationService(t, { clock }, { smtpUrl: server.url, database: service.database })
  const people = await Promise.all(Array.from({ length: 15 }, () => aPerson(service.database)))
  await service.fire(...[...people, ...people, ...people].map((user_id) => aReminderDue(user_id)))
  await Promise.all([service.send(), second.send()])
  await service.send()
  assert.equal(server.mails.length, 45)
  assert.equal(new Set(server.mails.map((mail) => mail.messageId)).size, 45)
  assert.equal((await service.published()).length, 45)
})

test('stopping does not wait for a hanging server; the mail stays in the ledger', async (t) => {
  const { server, service } = await start(t)
  server.behaviour.onMail = () => {}
  const mailer = testMailer(server.url, { stopping: 50 })
  const sender = await startNotificationService(t, { mailer }, { database: service.database })
  await sender.fire(aReminderDue(await aPerson(service.database)))
  const sending = sender.send()
  while ((await service.ledger())[0].claimed_until === null) await new Promise((resolve) => setTimeout(resolve, 20))
  const began = performance.now()
  await sender.deps.sending.stop()
  await sending
  assert.ok(performance.now() - began < 10_000)
  const [row] = await service.ledger()
  assert.deepEqual([row.state, row.claimed_until], ['pending', null])
})
