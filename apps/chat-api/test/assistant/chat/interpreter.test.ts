import assert from 'node:assert/strict'
import { test } from 'node:test'
import { actionsIn, startChat } from '../../../testing/start-chat.ts'

const noModel = { OPENAI_BASE_URL: '', OPENAI_API_KEY: '', OPENAI_MODEL: '' }

test('without a language model the interpreter answers with the same tools, and says so', async (t) => {
  const { signup, say, model } = await startChat(t, { env: noModel })
  const ada = await signup({ time_zone: 'Europe/Berlin' })
  const reply = await say(ada, 'add buy milk on 2031-02-28 at 10:00')
  assert.equal(reply.message.metadata?.answered_by, 'interpreter')
  assert.match(reply.text, /interpreter, not a language model/)
  const { data } = (await ada.get('/api/v1/tasks')).body
  assert.deepEqual([data[0].title.toLowerCase(), data[0].due_date], ['buy milk', '2031-02-28T09:00:00Z'])
  assert.equal(actionsIn(reply.message)[0]?.state, 'done')
  assert.equal(model.requests.length, 0)
})

test('deletions by the interpreter wait for confirmation too', async (t) => {
  const { signup, say } = await startChat(t, { env: noModel })
  const ada = await signup()
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'Buy milk' })
  const deletion = await say(ada, 'delete buy milk')
  const [action] = actionsIn(deletion.message)
  assert.deepEqual([action?.tool, action?.state], ['delete_tasks', 'pending'])
  assert.equal((await ada.get(`/api/v1/tasks/${task.id}`)).status, 200)
  assert.equal((await ada.post(`/api/v1/chat/actions/${action!.id}/confirm`)).status, 200)
  assert.equal((await ada.get(`/api/v1/tasks/${task.id}`)).status, 404)
  // Tasks listed earlier are known in the next turn and can be changed without confirmation.
  await ada.post('/api/v1/tasks', { title: 'Call mum' })
  const listed = await say(ada, 'list my tasks', deletion.conversation_id)
  assert.match(JSON.stringify(listed.message.parts), /Call mum/)
  const done = await say(ada, 'complete call mum', deletion.conversation_id)
  assert.equal(actionsIn(done.message)[0]?.state, 'done')
})
