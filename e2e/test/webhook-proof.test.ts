import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startChatApi } from '@taskflow/chat-api/testing/start-chat-api'
import {
  aReminderDue,
  startNotificationService,
} from '@taskflow/notification-service/testing/start-notification-service'
import { response, startReceiver, toAnywhere } from '@taskflow/notification-service/testing/start-receiver'
import type { Sidecar } from '@taskflow/service-kit'
import { fakeClock } from '@taskflow/test-kit'

const path = '/api/v1/notifications/webhook'

test('reminders are posted once the receiver has repeated a challenge; a new secret needs no new one', async (t) => {
  const receiver = await startReceiver(t)
  const clock = fakeClock('2026-03-01T08:00:00Z')
  const env = { WEBHOOK_PORTS: `http:${receiver.port}` }
  // Invokes notification-service as the sidecars do.
  const invoke = async (_service: string, path: string, _origin: object, body: object) => {
    const headers = { 'dapr-caller-app-id': 'chat-api' }
    return (await service.asSidecar(`/${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json()
  }
  const sidecar = { invoke, close: async () => {} } as unknown as Sidecar
  const api = await startChatApi(t, { clock, sidecar }, env)
  const service = await startNotificationService(
    t,
    { clock, webhooks: toAnywhere() },
    { database: api.service.database, env },
  )
  const ada = await api.signup()
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
