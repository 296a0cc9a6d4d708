import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { startChatApi } from '@taskflow/chat-api/testing/start-chat-api'
import { freePort } from '@taskflow/local-mesh'
import {
  aReminderDue,
  startNotificationService,
} from '@taskflow/notification-service/testing/start-notification-service'
import { response, startReceiver, toAnywhere } from '@taskflow/notification-service/testing/start-receiver'
import { type Clock, type Sidecar, systemClock } from '@taskflow/service-kit'
import { fakeClock, until } from '@taskflow/test-kit'

const path = '/api/v1/notifications/webhook'

/** chat-api and notification-service on one database, and a person; the sidecars between them are left out. */
const start = async (t: TestContext, port: number, clock: Clock = systemClock) => {
  const env = { WEBHOOK_PORTS: `http:${port}` }
  const invoke = async (_service: string, path: string, _origin: object, body: object) => {
    const headers = { 'dapr-caller-app-id': 'chat-api' }
    return (await service.asSidecar(`/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const sidecar = { invoke, close: async () => {} } as unknown as Sidecar
  const api = await startChatApi(t, { clock, sidecar }, env)
  const { database } = api.service
  const service = await startNotificationService(t, { clock, webhooks: toAnywhere() }, { database, env })
  return { service, ada: await api.signup() }
}

test('reminders are posted once the receiver has repeated a challenge; a new secret needs no new one', async (t) => {
  const receiver = await startReceiver(t)
  const { service, ada } = await start(t, receiver.port, fakeClock('2026-03-01T08:00:00Z'))
  const { body } = await ada.send('PUT', path, { url: `http://127.0.0.1:${receiver.port}/hook` })
  assert.equal(body.state, 'unverified')
  await service.remind(aReminderDue(ada.id))
  receiver.answer = () => response('200 OK', 'welcome')
  assert.equal((await ada.post(`${path}/verify`)).status, 409)
  assert.deepEqual(
    receiver.requests.map((each) => JSON.parse(each.body).type),
    ['webhook.verification'],
  )

  receiver.answer = (text) => response('200 OK', JSON.parse(text).challenge ?? '')
  assert.equal((await ada.post(`${path}/verify`)).body.state, 'verified')
  const signatureOf = (head: string) => /webhook-signature: (.*)/i.exec(head)?.[1]
  const event = aReminderDue(ada.id)
  await service.remind(event)
  assert.equal(JSON.parse(receiver.requests.at(-1)!.body).type, 'reminder.due')
  assert.ok(signatureOf(receiver.requests.at(-1)!.head))

  await ada.send('PUT', path, { url: `http://127.0.0.1:${receiver.port}/hook` })
  await service.remind(aReminderDue(ada.id))
  assert.equal(receiver.requests.length, 4)
})

test('the receiver in docs/notifications.md passes, and takes what is signed', async (t) => {
  const page = readFileSync(new URL('../../docs/notifications.md', import.meta.url), 'utf8')
  const [, code = ''] = /```js\n(.+?)```/s.exec(page) ?? []
  const port = await freePort()
  const { service, ada } = await start(t, port)
  const { body } = await ada.send('PUT', path, { url: `http://127.0.0.1:${port}/taskflow` })
  const receiver = spawn(process.execPath, ['--input-type=module', '-e', code.replace('3000', String(port))], {
    env: { WEBHOOK_SECRET: body.secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => receiver.kill())
  let printed = ''
  receiver.stdout.on('data', (chunk) => {
    printed += chunk
  })
  const url = `http://127.0.0.1:${port}/taskflow`
  await until(async () => (await fetch(url, { method: 'POST' }).catch(() => undefined))?.status === 401)
  assert.equal((await ada.post(`${path}/verify`)).body.state, 'verified')
  await service.remind(aReminderDue(ada.id, { title: 'Water the plants' }, { at: new Date().toISOString() }))
  await until(async () => printed === 'Water the plants\n')
  const [posted] = (await service.ledger()).filter(({ channel }) => channel === 'webhook')
  assert.equal(posted.state, 'sent')
})
