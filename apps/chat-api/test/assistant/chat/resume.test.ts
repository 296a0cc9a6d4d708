import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { fakeClock } from '@taskflow/test-kit'
import { calls, type Reply, says } from '../../../testing/scripted-model.ts'
import { actionsIn, hear, memoryStore, startChat } from '../../../testing/start-chat.ts'

/** A model that adds a task, then waits to be released before it answers. */
const startSlow = async (t: TestContext, options: Parameters<typeof startChat>[1] = {}) => {
  const chat = await startChat(t, options)
  const ada = await chat.signup()
  const requested = Promise.withResolvers<void>()
  const release = Promise.withResolvers<Reply>()
  const replies = [() => calls([{ name: 'add_tasks', input: { tasks: [{ title: 'Added' }] } }]), () => release.promise]
  chat.model.script(() => {
    const next = replies.shift()
    if (replies.length === 0) requested.resolve()
    return next?.() ?? says('Again.')
  })
  return { ...chat, ada, requested: requested.promise, answer: (text: string) => release.resolve(says(text)) }
}

test('an answer completes without a listener, is stored, and runs once', async (t) => {
  const { ada, requested, answer, service, conversation } = await startSlow(t)
  const lost = new AbortController()
  const response = await fetch(`${service.url}/api/v1/chat`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ada.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ message: 'add one' }),
    signal: lost.signal,
  })
  const id = response.headers.get('location')!.split('/').at(-1)!
  await requested
  lost.abort()
  const running = await conversation(ada, id)
  assert.deepEqual([running.is_running, running.messages.length], [true, 1])

  // A second page follows the answer from the beginning.
  const listening = hear(
    await fetch(`${service.url}/api/v1/chat/${id}/stream`, { headers: { authorization: `Bearer ${ada.token}` } }),
  )
  // A second message has to wait.
  const second = await ada.post('/api/v1/chat', { conversation_id: id, message: 'and two' })
  assert.deepEqual([second.status, second.headers.get('retry-after')], [409, '1'])

  answer('Done at last.')
  const reply = await listening
  assert.equal(reply.text, 'Done at last.')
  const stored = await conversation(ada, id)
  assert.deepEqual([stored.is_running, stored.messages.length], [false, 2])
  assert.deepEqual(stored.messages[1], reply.message)
  assert.equal((await ada.get('/api/v1/tasks')).body.data.length, 1)
  const over = await fetch(`${service.url}/api/v1/chat/${id}/stream`, {
    headers: { authorization: `Bearer ${ada.token}` },
  })
  assert.equal(over.status, 204)
})

test('a message resent with its Idempotency-Key returns its answer and is not processed again', async (t) => {
  const { ada, requested, answer, post, model } = await startSlow(t)
  const key = { 'idempotency-key': randomUUID() }
  const first = await post(ada.token, { message: 'add one' }, key)
  await requested
  const again = await post(ada.token, { message: 'add one' }, key)
  answer('Done.')
  const [one, two] = [await hear(first), await hear(again)]
  assert.deepEqual(one.chunks, two.chunks)
  const later = await hear(await post(ada.token, { message: 'add one' }, key))
  assert.deepEqual(later.message, one.message)
  assert.equal(model.requests.length, 2)
  assert.equal((await ada.get('/api/v1/tasks')).body.data.length, 1)
  assert.equal((await post(ada.token, { message: 'something else' }, key)).status, 422)
  const { body } = await ada.get('/api/v1/chat/conversations')
  assert.equal(body.data.length, 1)
})

test('after a crash the conversation shows what was done and continues', async (t) => {
  const clock = fakeClock('2026-01-01T08:00:00Z')
  const state = memoryStore()
  const dead = await startSlow(t, { overrides: { clock }, state })
  const response = await dead.post(dead.ada.token, { message: 'add one' })
  const id = response.headers.get('location')!.split('/').at(-1)!
  await dead.requested

  // The dead process writes nothing more; requests go to another replica.
  dead.state.store.isAway = true
  const alive = await startChat(t, { overrides: { clock }, database: dead.service.database, state: survivor(state) })
  const ada = alive.as(dead.ada.token)
  assert.equal((await alive.conversation(ada, id)).is_running, true)
  assert.equal((await ada.post('/api/v1/chat', { conversation_id: id, message: 'and?' })).status, 409)
  clock.advance({ minutes: 5 })
  const shown = await alive.conversation(ada, id)
  assert.equal(shown.is_running, false)
  const [, interrupted] = shown.messages
  assert.match(JSON.stringify(interrupted?.parts), /This answer was interrupted/)
  assert.deepEqual(
    actionsIn(interrupted!).map(({ summary, can_undo }) => [summary, can_undo]),
    [['Add tasks (1): “Added”', true]],
  )
  alive.model.script([says('Where were we?')])
  await alive.say(dead.ada, 'and?', id)
  const { messages } = await alive.conversation(ada, id)
  assert.deepEqual(
    messages.map(({ role }) => role),
    ['user', 'assistant', 'user', 'assistant'],
  )
  assert.deepEqual(messages[1], interrupted)
})

/** The same values, for a replica that can reach them. */
const survivor = ({ values }: ReturnType<typeof memoryStore>) => {
  const other = memoryStore()
  for (const [key, value] of values) other.values.set(key, value)
  return other
}

test('without the statestore no answer begins; an answer that cannot be stored is reported', async (t) => {
  const { ada, requested, answer, post, state, conversation, model } = await startSlow(t)
  state.store.isAway = true
  const refused = await ada.post('/api/v1/chat', { message: 'hello' })
  assert.equal(refused.status, 503)
  assert.deepEqual((await ada.get('/api/v1/chat/conversations')).body.data, [], 'the conversation was rolled back')
  assert.equal(model.requests.length, 0)
  state.store.isAway = false

  const response = await post(ada.token, { message: 'add one' })
  const id = response.headers.get('location')!.split('/').at(-1)!
  await requested
  state.store.isAway = true
  answer('Said, not stored.')
  const reply = await hear(response)
  assert.match(reply.text, /Said, not stored/)
  assert.match(JSON.stringify(reply.message.parts), /could not be stored/)
  state.store.isAway = false
  const { is_running, messages } = await conversation(ada, id)
  assert.deepEqual([is_running, actionsIn(messages[1]!).length], [false, 1])
})

test('a stopping service ends its answers and says so', async (t) => {
  const { ada, requested, post, service, state } = await startSlow(t)
  const response = await post(ada.token, { message: 'add one' })
  await requested
  const chat = service.app.loops.find(({ name }) => name === 'chat upkeep')!
  await chat.stop()
  const reply = await hear(response)
  assert.match(reply.text, /being restarted, so this answer ends here; what is shown as done stays/)
  const stored = [...state.values.values()].map(({ text }) => text).join()
  assert.match(stored, /being restarted/)
})

test('a user has at most five answers in progress', async (t) => {
  const { ada, model, post, signup } = await startSlow(t)
  const hold = Promise.withResolvers<Reply>()
  model.script(() => hold.promise)
  const answers = await Promise.all(Array.from({ length: 5 }, () => post(ada.token, { message: 'think' })))
  assert.ok(answers.every(({ status }) => status === 200))
  assert.equal((await post(ada.token, { message: 'think' })).status, 429)
  const ben = await signup()
  const other = await post(ben.token, { message: 'think' })
  assert.equal(other.status, 200)
  hold.resolve(says('Thought.'))
  for (const answer of [...answers, other]) assert.equal((await hear(answer)).text, 'Thought.')
})

test('of two concurrent messages in a conversation, one is answered', async (t) => {
  const { say, model, signup, post, conversation } = await startChat(t)
  const ada = await signup()
  model.script(() => says('Yes.'))
  const { conversation_id } = await say(ada, 'begin')
  const release = Promise.withResolvers<Reply>()
  model.script(() => release.promise)
  const answers = await Promise.all([1, 2, 3].map((n) => post(ada.token, { conversation_id, message: `at once ${n}` })))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409, 409])
  release.resolve(says('Yes.'))
  for (const answer of answers) await answer.text()
  assert.equal((await conversation(ada, conversation_id)).messages.length, 4)
})
