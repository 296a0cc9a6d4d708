import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Origin, Problem } from '@taskflow/service-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

test('lists notifications of the signed-in user only, from notification-service', async (t) => {
  const requests: [string, string][] = []
  const page = { data: [], next_cursor: null }
  const sidecar = {
    publish: async () => ({ ok: true as const, failed: new Map() }),
    problemWith: async () => undefined,
    shutDown: async () => {},
    metadata: async () => ({ id: '', runtimeVersion: '', components: [], subscriptions: [] }),
    close: async () => {},
    invoke: async <T>(service: string, path: string, _origin: Origin) => {
      requests.push([service, path])
      return page as T
    },
  }
  const { anonymous, signup } = await startChatApi(t, { sidecar })
  const ada = await signup()
  const { status, body } = await ada.get('/api/v1/notifications?limit=2&state=failed&channel=email&cursor=abc')
  assert.deepEqual([status, body], [200, page])
  assert.deepEqual(requests, [
    ['notification-service', `notifications?limit=2&cursor=abc&channel=email&state=failed&user_id=${ada.id}`],
  ])
  assert.equal((await ada.get('/api/v1/notifications?user_id=somebody')).status, 422)
  assert.equal((await anonymous.get('/api/v1/notifications')).status, 401)
})

test('returns 503 while notification-service is unavailable', async (t) => {
  const sidecar = {
    publish: async () => ({ ok: true as const, failed: new Map() }),
    problemWith: async () => undefined,
    shutDown: async () => {},
    metadata: async () => ({ id: '', runtimeVersion: '', components: [], subscriptions: [] }),
    close: async () => {},
    invoke: async () => {
      throw new Problem('service-unavailable', 'notification-service cannot be reached just now')
    },
  }
  const { signup } = await startChatApi(t, { sidecar })
  assert.equal((await (await signup()).get('/api/v1/notifications')).status, 503)
})
