import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { DefaultChatTransport, readUIMessageStream } from 'ai'
import { type ChatMessage, textOf } from '../../../src/assistant/chat/messages.ts'
import { calls, says, toolAnswers } from '../../../testing/scripted-model.ts'
import { actionsIn, outputsIn, startChat } from '../../../testing/start-chat.ts'

test('the answer to a message streams, and both are stored', async (t) => {
  const { model, signup, say, conversation, state } = await startChat(t)
  const ada = await signup({ time_zone: 'Europe/Berlin', locale: 'de' })
  model.script([says('Hello Ada, wie geht’s? ÄÖÜ 🦊')])
  const reply = await say(ada, 'Hello!')
  assert.match(reply.headers.get('content-type')!, /^text\/event-stream/)
  assert.equal(reply.headers.get('x-vercel-ai-ui-message-stream'), 'v1')
  assert.equal(reply.text, 'Hello Ada, wie geht’s? ÄÖÜ 🦊')
  assert.equal(reply.message.metadata?.answered_by, 'model')
  assert.equal(reply.message.metadata?.conversation_id, reply.conversation_id)

  const [request] = model.requests
  assert.equal(request?.authorization, 'Bearer sk-scripted-secret')
  const system = String(request?.messages[0]?.content)
  const context = JSON.parse(/```context\n(.*)\n```$/.exec(system)![1]!)
  assert.deepEqual([context.time_zone, context.locale], ['Europe/Berlin', 'de'])
  assert.ok(Temporal.Instant.from(context.now))
  assert.equal(request?.tools.length, 18)

  const stored = await conversation(ada, reply.conversation_id)
  assert.deepEqual([stored.title, stored.is_running], ['Hello!', false])
  assert.deepEqual(
    stored.messages.map(({ role, parts }) => [role, parts.flatMap((part) => (part.type === 'text' ? part.text : []))]),
    [
      ['user', ['Hello!']],
      ['assistant', ['Hello Ada, wie geht’s? ÄÖÜ 🦊']],
    ],
  )
  assert.equal(state.store.ttl, 30 * 86_400)
})

test('the model sees earlier messages, and its tool calls are run', async (t) => {
  const { model, signup, say, service } = await startChat(t)
  const ada = await signup()
  model.script([
    calls([{ name: 'add_tasks', input: { tasks: [{ title: 'Buy milk', due_date: '2031-01-01' }] } }]),
    says('Added.'),
  ])
  const first = await say(ada, 'Add: buy milk on New Year 2031')
  assert.deepEqual(
    first.chunks.map(({ type }) => type).filter((type) => !type.endsWith('-delta')),
    [
      ...['start', 'start-step', 'tool-input-start', 'tool-input-available', 'data-action', 'tool-output-available'],
      ...['finish-step', 'start-step', 'text-start', 'text-end', 'finish-step', 'finish'],
    ],
  )
  const { data } = (await ada.get('/api/v1/tasks')).body
  assert.deepEqual([data[0].title, data[0].due_on], ['Buy milk', '2031-01-01'])
  assert.match(toolAnswers(model.requests[1]!)[0]!, /Buy milk/)

  // A change by the assistant publishes the usual events, under the correlation id of the request.
  const [created] = (await service.outbox('tasks')).filter(({ event }) => event.type === 'task.created')
  assert.equal(created?.event.correlationid, first.headers.get('x-correlation-id'))

  model.script([says('You asked for milk.')])
  await say(ada, 'What did I ask for?', first.conversation_id)
  const roles = model.requests.at(-1)!.messages.map(({ role }) => role)
  assert.deepEqual(roles, ['system', 'user', 'assistant', 'tool', 'assistant', 'user'])
})

test('every change is recorded and can be undone once', async (t) => {
  const { model, signup, say, conversation } = await startChat(t)
  const [ada, eve] = [await signup(), await signup()]
  const { body: task } = await ada.post('/api/v1/tasks', { title: 'Dentist', priority: 'low' })
  model.script([
    calls([{ name: 'update_tasks', input: { updates: [{ id: task.id, changes: { priority: 'high' } }] } }]),
    says('Done.'),
  ])
  const reply = await say(ada, 'The dentist is important')
  const [action] = actionsIn(reply.message)
  assert.deepEqual([action?.state, action?.can_undo, action?.expires_at], ['done', true, null])
  assert.match(action!.summary, /“Dentist” \(priority: high\)/)

  const path = `/api/v1/chat/actions/${action!.id}`
  assert.equal((await eve.post(`${path}/undo`)).status, 404)
  const undone = await ada.post(`${path}/undo`)
  assert.deepEqual([undone.status, undone.body.state, undone.body.undone.left], [200, 'undone', []])
  assert.equal((await ada.get(`/api/v1/tasks/${task.id}`)).body.priority, 'low')
  assert.equal((await ada.post(`${path}/undo`)).status, 409)
  assert.equal((await ada.post(`${path}/confirm`)).status, 409)
  const stored = await conversation(ada, reply.conversation_id)
  assert.equal(actionsIn(stored.messages.at(-1)!)[0]?.state, 'undone', 'the conversation shows the outcome')
})

test('a task changed since then is not undone', async (t) => {
  const { model, signup, say } = await startChat(t)
  const ada = await signup()
  model.script([calls([{ name: 'add_tasks', input: { tasks: [{ title: 'One' }, { title: 'Two' }] } }]), says('Done.')])
  const [action] = actionsIn((await say(ada, 'add one and two')).message)
  const { data } = (await ada.get('/api/v1/tasks')).body
  const one = data.find(({ title }: { title: string }) => title === 'One')
  await ada.patch(`/api/v1/tasks/${one.id}`, { title: 'One, and more' })
  const { status, body } = await ada.post(`/api/v1/chat/actions/${action!.id}/undo`)
  assert.equal(status, 200)
  assert.deepEqual(body.undone.left, [{ id: one.id, reason: 'was changed since' }])
  assert.deepEqual(
    (await ada.get('/api/v1/tasks')).body.data.map(({ title }: { title: string }) => title),
    ['One, and more'],
  )

  model.script([calls([{ name: 'add_tasks', input: { tasks: [{ title: 'Three' }] } }]), says('Done.')])
  const [other] = actionsIn((await say(ada, 'add three')).message)
  const [three] = (await ada.get('/api/v1/tasks')).body.data
  await ada.patch(`/api/v1/tasks/${three.id}`, { title: 'Three, and more' })
  assert.equal((await ada.post(`/api/v1/chat/actions/${other!.id}/undo`)).status, 409)
})

test('conversations are listed by last use, to their owner only', async (t) => {
  const { model, signup, say } = await startChat(t)
  const [ada, eve] = [await signup(), await signup()]
  model.script(() => says('Yes.'))
  const ids: string[] = []
  for (const title of ['one', 'two', 'three']) ids.push((await say(ada, `${title}\nand more`)).conversation_id)
  await say(ada, 'again', ids[0])
  const titles = async (query: string) => {
    const { body } = await ada.get(`/api/v1/chat/conversations?${query}`)
    return { titles: body.data.map(({ title }: { title: string }) => title), next: body.next_cursor }
  }
  const first = await titles('limit=2')
  assert.deepEqual(first.titles, ['one', 'three'])
  assert.deepEqual(await titles(`limit=2&cursor=${first.next}`), { titles: ['two'], next: null })
  assert.equal((await ada.get('/api/v1/chat/conversations?cursor=x')).status, 422)
  assert.deepEqual((await eve.get('/api/v1/chat/conversations')).body.data, [])
  assert.equal((await eve.get(`/api/v1/chat/conversations/${ids[0]}`)).status, 404)
  assert.equal((await eve.post('/api/v1/chat', { conversation_id: ids[0], message: 'hi' })).status, 404)
})

test('messages have limits, and tokens need scopes', async (t) => {
  const { model, signup, as, post, say } = await startChat(t)
  const ada = await signup()
  const refused: [object, string][] = [
    [{ message: '' }, 'message'],
    [{ message: 'x'.repeat(4_001) }, 'message'],
    [{ message: 'x', conversation_id: 'x' }, 'conversation_id'],
    [{ message: 'x', messages: [] }, 'messages'],
  ]
  for (const [body, field] of refused) {
    const answer = await ada.post('/api/v1/chat', body)
    assert.deepEqual([answer.status, answer.body.errors[0].path], [422, field])
  }
  assert.equal(model.requests.length, 0)
  const { body } = await ada.post('/api/v1/auth/tokens', { name: 'reader', scopes: ['tasks:read'] })
  model.script([calls([{ name: 'add_tasks', input: { tasks: [{ title: 'Not allowed' }] } }]), says('I may not.')])
  const reply = await say({ token: body.token }, 'add something')
  assert.match(outputsIn(reply.message)[0]!.error!, /tasks:write/)
  assert.deepEqual((await ada.get('/api/v1/tasks')).body.data, [])
  const writer = await ada.post('/api/v1/auth/tokens', { name: 'x', scopes: ['account:read'] })
  assert.equal((await post(writer.body.token, { message: 'hi' })).status, 403)
  assert.equal((await as(body.token).delete(`/api/v1/chat/conversations/${reply.conversation_id}`)).status, 403)
})

test('the transport of useChat sends, streams and resumes as docs/chat.md describes', async (t) => {
  const { model, signup, service } = await startChat(t)
  const ada = await signup()
  let conversation_id: string | undefined
  const transport = new DefaultChatTransport<ChatMessage>({
    api: `${service.url}/api/v1/chat`,
    headers: { authorization: `Bearer ${ada.token}` },
    prepareSendMessagesRequest: ({ messages, headers }) => ({
      headers: { ...(headers as Record<string, string>), 'idempotency-key': messages.at(-1)!.id },
      body: { conversation_id, message: textOf(messages.at(-1)!) },
    }),
    prepareReconnectToStreamRequest: ({ api, headers }) => ({
      ...(headers ? { headers } : {}),
      api: `${api}/${conversation_id}/stream`,
    }),
  })
  const send = async (text: string) => {
    const messages = [{ id: randomUUID(), role: 'user', parts: [{ type: 'text', text }] }] as ChatMessage[]
    const rest = { chatId: 'x', messageId: undefined, abortSignal: undefined, trigger: 'submit-message' as const }
    const stream = await transport.sendMessages({ ...rest, messages })
    let message: ChatMessage | undefined
    for await (const state of readUIMessageStream<ChatMessage>({ stream })) message = state
    conversation_id = message!.metadata!.conversation_id
    return textOf(message!)
  }
  model.script([says('One.'), says('Two.')])
  assert.deepEqual([await send('first'), await send('second')], ['One.', 'Two.'])
  assert.equal(model.requests.at(-1)!.messages.length, 4)
  assert.equal(await transport.reconnectToStream({ chatId: 'x' }), null)
})
