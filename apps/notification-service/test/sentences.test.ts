import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '@taskflow/service-kit'
import { createWebhookSender } from '../src/domain/webhook.ts'
import {
  aPerson,
  aReminderDue,
  smtpError,
  startMailServer,
  startNotificationService,
} from '../testing/start-notification-service.ts'
import { secret } from '../testing/start-receiver.ts'

test('people see neither what a mail server says nor where a name leads; the log does', async (t) => {
  const server = await startMailServer(t)
  let printed = ''
  const log = createLog({ service: 'notification-service', level: 'info' })
  for (const transport of log.transports) transport.silent = true
  log.on('data', (line) => {
    printed += JSON.stringify(line)
  })
  const service = await startNotificationService(
    t,
    { webhooks: createWebhookSender(), log },
    { smtpUrl: server.url, env: { WEBHOOK_PORTS: 'http:5432' } },
  )
  const insides = ['mx7.corp.internal', '10.96.3.4', '127.0.0.1', 'localhost']
  for (const code of [451, 550]) {
    server.behaviour.onRcptTo = (_address, _session, done) =>
      done(smtpError(code, `mx7.corp.internal [10.96.3.4] says`))
    const webhook = { url: 'http://localhost:5432', secret }
    const user_id = await aPerson(service.database, { webhook })
    await service.remind(aReminderDue(user_id))
    const headers = { 'dapr-caller-app-id': 'chat-api' }
    const answer = await service.asSidecar(`/notifications?user_id=${user_id}&limit=9`, { headers })
    const text = await answer.text()
    assert.deepEqual((JSON.parse(text).data as { reason: string }[]).map(({ reason }) => reason).toSorted(), [
      code === 451 ? 'the mail server did not take the mail yet (451)' : 'the mail server refused the mail (550)',
      'the webhook could not be reached',
    ])
    for (const inside of insides) assert.ok(!text.includes(inside), inside)
  }
  const events = JSON.stringify(await service.published())
  for (const inside of insides) assert.ok(!events.includes(inside), inside)
  for (const detail of ['mx7.corp.internal', 'is not a public address']) assert.match(printed, new RegExp(detail))
})
