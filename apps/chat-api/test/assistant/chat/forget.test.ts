import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { calls, type Reply, says } from '../../../testing/scripted-model.ts'
import { actionsIn, hear, startChat } from '../../../testing/start-chat.ts'

const start = async (t: TestContext) => {
  const clock = fakeClock('2026-01-01T08:00:00Z')
  const chat = await startChat(t, { overrides: { clock } })
  const upkeep = chat.service.app.loops.find(({ name }) => name === 'chat upkeep')!
  const count = async (table: string): Promise<number> =>
    (await chat.service.database.pool.query(`SELECT count(*)::int FROM identity.${table}`)).rows[0].count
  return { ...chat, clock, upkeep, count, ada: await chat.signup() }
}

test('deleting a conversation deletes its actions, and the statestore entry as soon as it is available', async (t) => {
  const { ada, say, model, state, upkeep, count, clock } = await start(t)
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'Milk' })
  model.script([calls([{ name: 'delete_tasks', input: { ids: [task.id] } }]), says('Confirm.')])
  const reply = await say(ada, 'delete milk')
  const [action] = actionsIn(reply.message)
  const path = `/api/v1/chat/conversations/${reply.conversation_id}`
  state.store.isAway = true
  assert.equal((await ada.delete(path)).status, 204)
  assert.equal((await ada.delete(path)).status, 404)
  assert.equal((await ada.get(path)).status, 404)
  assert.equal((await ada.post(`/api/v1/chat/actions/${action!.id}/confirm`)).status, 404)
  await assert.rejects(upkeep.processDue())
  assert.deepEqual([state.values.size, await count('chat_leftovers')], [1, 1])
  state.store.isAway = false
  await upkeep.processDue()
  assert.deepEqual([state.values.size, await count('chat_leftovers')], [0, 1])
  // An answer in progress may have been stored after the deletion.
  await state.save(`chat-${reply.conversation_id}`, {}, { ttlSeconds: 1 })
  clock.advance({ minutes: 31 })
  await upkeep.processDue()
  assert.deepEqual([state.values.size, await count('chat_leftovers')], [0, 0])
})

test('a conversation deleted during an answer stays deleted, and no more tools run', async (t) => {
  const { ada, post, model, state, upkeep, count } = await start(t)
  const requested = Promise.withResolvers<void>()
  const release = Promise.withResolvers<Reply>()
  model.script(() => {
    requested.resolve()
    return release.promise
  })
  const response = await post(ada.token, { message: 'add one' })
  const id = response.headers.get('location')!.split('/').at(-1)!
  await requested.promise
  assert.equal((await ada.delete(`/api/v1/chat/conversations/${id}`)).status, 204)
  release.resolve(calls([{ name: 'add_tasks', input: { tasks: [{ title: 'Too late' }] } }]))
  await hear(response)
  assert.deepEqual((await ada.get('/api/v1/tasks')).body.data, [])
  await upkeep.processDue()
  assert.deepEqual([state.values.size, await count('chat_conversations')], [0, 0])
})

test('deleting an account deletes its conversations, actions and messages, and no others', async (t) => {
  const { ada, say, model, state, upkeep, count, signup } = await start(t)
  const ben = await signup()
  for (const person of [ada, ben]) {
    model.script([calls([{ name: 'add_tasks', input: { tasks: [{ title: 'A secret' }] } }]), says('Done.')])
    await say(person, 'add a secret')
  }
  assert.equal((await ada.send('DELETE', '/api/v1/auth/me', { password: ada.password })).status, 204)
  assert.deepEqual([await count('chat_conversations'), await count('chat_actions')], [1, 1])
  await upkeep.processDue()
  assert.equal(state.values.size, 1)
  assert.equal((await ben.get('/api/v1/chat/conversations')).body.data.length, 1)
})

test('a conversation unused for a month is deleted', async (t) => {
  const { ada, say, model, upkeep, count, clock } = await start(t)
  model.script(() => says('Yes.'))
  await say(ada, 'old')
  clock.advance({ hours: 24 * 30 + 1 })
  const { body } = await ada.post('/api/v1/auth/login', { email: ada.email, password: ada.password })
  await say(body, 'new')
  await upkeep.processDue()
  assert.equal(await count('chat_conversations'), 1)
})
