import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startChatApi } from '../../testing/start-chat-api.ts'

test('labels that look the same are one, however their characters are composed', async (t) => {
  const { signup } = await startChatApi(t)
  const ada = await signup()
  const [composed, decomposed] = ['caf\u00e9', 'cafe\u0301']
  await ada.post('/api/v1/tasks', { title: 'a', tags: [decomposed, composed], category: decomposed })
  await ada.post('/api/v1/tasks', { title: 'b', tags: [composed], category: composed })
  for (const kind of ['tags', 'categories']) {
    const { data } = (await ada.get(`/api/v1/${kind}`)).body
    assert.deepEqual(
      data.map(({ name, open_tasks }: Record<string, unknown>) => [name, open_tasks]),
      [[composed, 2]],
    )
  }
  for (const tag of [composed, decomposed])
    assert.equal((await ada.get(`/api/v1/tasks?tag=${encodeURIComponent(tag)}`)).body.data.length, 2)
  assert.equal((await ada.delete(`/api/v1/tags/${encodeURIComponent(decomposed)}`)).status, 204)
  assert.deepEqual((await ada.get('/api/v1/tags')).body.data, [])
})
