import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { type ParsedMail, simpleParser } from 'mailparser'
import { aPerson, aReminderDue, startNotificationService, testMailer } from '../testing/start-notification-service.ts'

const program = join(import.meta.dirname, '../../mailbox/src/main.ts')

/** A mail server in its own process, to be stopped, frozen and killed. It keeps its ports and its mails. */
const mailServerProcess = async (t: TestContext) => {
  const dir = await mkdtemp(join(tmpdir(), 'taskflow-mails-'))
  let ports = { http: '0', smtp: '0' }
  let child: ChildProcess | undefined
  const kill = async (signal: NodeJS.Signals) => {
    const exited = once(child!, 'exit')
    child!.kill(signal)
    await exited
  }
  const start = async () => {
    const env = { ...process.env, MAIL_DIR: dir, MAIL_HTTP_PORT: ports.http, MAIL_SMTP_PORT: ports.smtp }
    child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const failed = once(child, 'exit').then(() => Promise.reject(new Error('the mail server did not start')))
    const [line] = await Promise.race([once(createInterface(child.stdout!), 'line'), failed])
    const [http = '', smtp = ''] = [...String(line).matchAll(/127\.0\.0\.1:(\d+)/g)].map((match) => match[1])
    ports = { http, smtp }
  }
  await start()
  t.after(async () => {
    if (child?.exitCode === null && child.signalCode === null) await kill('SIGKILL')
    await rm(dir, { recursive: true, force: true })
  })
  return {
    url: `smtp://127.0.0.1:${ports.smtp}`,
    start,
    kill,
    freeze: () => child!.kill('SIGSTOP'),
    thaw: () => child!.kill('SIGCONT'),
    /** The mails it received, parsed. */
    mails: async (): Promise<ParsedMail[]> => {
      const url = `http://127.0.0.1:${ports.http}/api/v1`
      const { messages } = (await (await fetch(`${url}/messages`)).json()) as { messages: { ID: string }[] }
      return Promise.all(
        messages.map(async ({ ID }) => simpleParser(await (await fetch(`${url}/message/${ID}/raw`)).text())),
      )
    },
  }
}

test('every mail arrives once while its server is stopped, frozen and killed', async (t) => {
  const server = await mailServerProcess(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const mailer = testMailer(server.url, { greeting: 500, handshake: 1_000 })
  const service = await startNotificationService(t, { clock, mailer })
  const user_id = await aPerson(service.database)
  const remind = (title: string) =>
    service.remind(aReminderDue(user_id, { title, due_date: '2026-03-01T09:00:00Z' }, { at: clock.now().toString() }))
  const waiting = async () =>
    (await service.ledger()).filter(({ state }) => state === 'pending').map(({ reason }) => reason)
  const later = async () => {
    clock.advance({ minutes: 1 })
    await service.send()
  }

  await remind('while it is there')
  assert.deepEqual(await waiting(), [])

  await server.kill('SIGTERM')
  clock.advance({ minutes: 1 })
  await remind('while it is gone')
  assert.equal(String(await waiting()), 'the mail server is not available')

  await server.start()
  server.freeze()
  await later()
  assert.equal(String(await waiting()), 'the mail server is not available')
  server.thaw()
  await later()
  assert.deepEqual(await waiting(), [])

  // The connection is open, but the server no longer responds and is then killed.
  server.freeze()
  clock.advance({ minutes: 1 })
  const sending = remind('while it dies')
  while ((await service.ledger()).every(({ claimed_until }) => claimed_until === null))
    await new Promise((resolve) => setTimeout(resolve, 20))
  await server.kill('SIGKILL')
  await sending
  assert.equal((await waiting()).length, 1)
  await server.start()
  await later()

  const mails = await server.mails()
  assert.deepEqual(mails.map(({ subject }) => subject).toSorted(), [
    'Reminder: while it dies',
    'Reminder: while it is gone',
    'Reminder: while it is there',
  ])
  const ledger = await service.ledger()
  assert.deepEqual(mails.map(({ messageId }) => messageId).toSorted(), ledger.map((row) => row.message_id).toSorted())
  for (const { text, html, attachments } of mails) {
    assert.match(text ?? '', /Due: Sunday, March 1, 2026 at 9:00.AM \(UTC\)/)
    assert.match(String(html), /Mark it as done/)
    assert.equal(attachments[0]?.filename, 'task.ics')
  }
})
