import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventuallyWithin } from '@taskflow/test-kit'
import { startChatApi } from '../../testing/start-chat-api.ts'

const eventually = eventuallyWithin(20)

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

test('a tag is renamed although another transaction locked its tasks in another order', async (t) => {
  const { service, signup } = await startChatApi(t)
  const ada = await signup()
  for (const title of ['a', 'b']) await ada.post('/api/v1/tasks', { title, tags: ['old'] })
  const { rows } = await service.database.pool.query('SELECT id FROM tasks.tasks ORDER BY id')
  const other = await service.database.pool.connect()
  try {
    const lock = (id: string) => other.query('SELECT FROM tasks.tasks WHERE id = $1 FOR UPDATE', [id])
    await other.query("BEGIN; SET LOCAL deadlock_timeout = '30s'")
    await lock(rows[1].id)
    const renamed = ada.patch('/api/v1/tags/old', { name: 'new' })
    const waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    await eventually(
      'the other tasks are locked',
      async () => (await service.database.pool.query(waiting)).rowCount === 1,
    )
    await lock(rows[0].id)
    await other.query('COMMIT')
    assert.deepEqual((await renamed).body, { name: 'new', changed_tasks: 2 })
  } finally {
    other.release(true)
  }
})
