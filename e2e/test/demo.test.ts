import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startChat } from '@taskflow/chat-api/testing/start-chat'
import { apiOf, fillAccount } from '@taskflow/test-kit'

test('in the demo account every line is parsed, and the chat has a pending confirmation', async (t) => {
  const { service, signup } = await startChat(t, { env: { OPENAI_BASE_URL: '', OPENAI_API_KEY: '', OPENAI_MODEL: '' } })
  const ada = await signup({ time_zone: 'Europe/Berlin' })
  await fillAccount(apiOf(service.url, ada.token), { now: service.deps.clock.now(), time_zone: 'Europe/Berlin' })
  const { data } = (await ada.get('/api/v1/tasks?limit=200&state=all')).body
  const titles: string[] = data.map(({ title }: { title: string }) => title)
  assert.deepEqual(
    titles.filter((title) => / every |today|tomorrow|remind|[!@]\w/.test(title)),
    [],
    'what is left in a title was not understood',
  )
  assert.ok((await ada.get('/api/v1/recurring-tasks')).body.data.length >= 10)
  assert.equal((await ada.get('/api/v1/chat/actions?state=pending')).body.data.length, 1)
})
