import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLog } from '@taskflow/service-kit'
import { readConfig } from '../../../src/config.ts'
import { breaksOff, calls, fails, garbage, type Reply, says } from '../../../testing/scripted-model.ts'
import { actionsIn, outputsIn, startChat } from '../../../testing/start-chat.ts'

const sentences = {
  busy: /^The language model is busy just now; nothing was changed\. Try again in a minute\.$/,
  away: /^The language model cannot be reached just now; nothing was changed\./,
  slow: /The language model did not answer in time; nothing was changed\./,
  unusable: /The language model gave no answer that can be used; nothing was changed\./,
  key: /does not accept the key of this service/,
  refused: /refused to work on this; nothing was changed/,
}

const event = (value: object) => `data: ${JSON.stringify(value)}\n\n`

/** The failure, how many requests the model then gets, and what the reply says. */
const troubles: [string, (Reply | undefined)[], number, RegExp][] = [
  ['429 three times', Array(3).fill(fails(429, { 'retry-after': '0' })), 3, sentences.busy],
  ['429 for an hour', [fails(429, { 'retry-after': '3600' })], 1, sentences.busy],
  ['5xx errors', [fails(500), fails(503), fails(502)], 3, sentences.away],
  ['a wrong key', [fails(401, {}, 'Incorrect API key provided: sk-scripted-secret')], 1, sentences.key],
  ['a 400', [fails(400)], 1, sentences.refused],
  ['no answer', [undefined], 1, sentences.slow],
  ['headers, then silence', [{ body: '', instead: 'hang' }], 1, sentences.slow],
  ['an error whose body never ends', [{ ...fails(500), instead: 'hang' }], 1, sentences.slow],
  ['the start of an answer, then silence', [breaksOff('I think', 'hang')], 1, sentences.slow],
  ['the start of an answer, then the end', [breaksOff('I think', undefined)], 1, sentences.unusable],
  ['a connection that breaks', [breaksOff('I think', 'cut')], 1, sentences.unusable],
  [
    'an HTML page instead of an answer',
    [garbage('<html>login</html>', { 'content-type': 'text/html' })],
    1,
    sentences.unusable,
  ],
  ['an empty body', [garbage('')], 1, sentences.unusable],
  ['invalid JSON', [garbage('data: {"choices": [{"delta"\n\n')], 1, sentences.unusable],
  ['unrelated JSON', [garbage(event({ hello: 'world' }))], 1, sentences.unusable],
  [
    'an error inside the answer',
    [garbage(breaksOff('I', undefined).body + event({ error: { message: 'x' } }))],
    1,
    sentences.unusable,
  ],
  ['an empty answer', [says('')], 1, sentences.unusable],
]

for (const [what, replies, times, sentence] of troubles) {
  test(`the model gives ${what}: the reply says so, and the conversation continues`, async (t) => {
    // Long enough for a busy machine to respond to the second request in time.
    const env = sentence === sentences.slow ? { CHAT_SILENCE_SECONDS: '2' } : {}
    const { signup, say, model, conversation } = await startChat(t, { env })
    const ada = await signup()
    model.script(replies)
    const reply = await say(ada, 'hello')
    assert.match(reply.text.split('\n').at(-1)!, sentence)
    assert.equal(model.requests.length, times)
    assert.ok(!JSON.stringify(reply.chunks).includes('sk-scripted'))
    const { messages, is_running } = await conversation(ada, reply.conversation_id)
    assert.deepEqual([messages.length, is_running], [2, false])
    model.script([says('Better now.')])
    assert.equal((await say(ada, 'hello?', reply.conversation_id)).text, 'Better now.')
  })
}

test('errors before the response begins are retried after Retry-After', async (t) => {
  const { signup, say, model } = await startChat(t)
  const ada = await signup()
  model.script([fails(429, { 'retry-after': '1' }), fails(500), says('Here I am.')])
  const begin = performance.now()
  assert.equal((await say(ada, 'hello')).text, 'Here I am.')
  assert.ok(performance.now() - begin >= 1_000, 'Retry-After was respected')
  assert.equal(model.requests.length, 3)
})

test('a response is the same in chunks of any size', async (t) => {
  const { signup, say, model } = await startChat(t)
  const ada = await signup()
  const title = 'Ärzte anrufen 🦊 “now”'
  for (const pieces of [1, 3, 7, 64]) {
    model.script([
      calls([{ name: 'add_tasks', input: { tasks: [{ title: `${title} ${pieces}` }] } }], {
        pieces,
        text: 'Ich füge 🦊 hinzu.',
      }),
      says(`Fertig: ${title}`, { pieces }),
    ])
    const reply = await say(ada, `add ${title} ${pieces}`)
    assert.equal(reply.text, `Ich füge 🦊 hinzu.\nFertig: ${title}`)
  }
  const { data } = (await ada.get('/api/v1/tasks')).body
  assert.deepEqual(
    data.map((task: { title: string }) => task.title),
    [64, 7, 3, 1].map((pieces) => `${title} ${pieces}`),
  )
})

test('an unknown tool or invalid input is reported as an error that the model can fix', async (t) => {
  const { signup, say, model } = await startChat(t)
  const ada = await signup()
  model.script([
    calls([
      { name: 'drop_database', input: {} },
      { name: 'add_tasks', input: '{"tasks": [{"title": "half' },
      { name: 'add_tasks', input: { tasks: [{ title: 'A', evil: true }] } },
      // Duplicate chunks.
      { name: 'add_tasks', input: '{"tasks":[{"title":"B"}]}{"tasks":[{"title":"B"}]}' },
      { name: 'add_tasks', input: { tasks: [{ title: 'A', recurrence_rule: 'now and then' }] } },
      { name: 'get_task', input: { id: '018f0000-0000-7000-8000-000000000000' } },
    ]),
    calls([{ name: 'add_tasks', input: { tasks: [{ title: 'Right' }] } }]),
    says('Done.'),
  ])
  const reply = await say(ada, 'add something right')
  const states = outputsIn(reply.message).map(({ state }) => state)
  assert.deepEqual(states.slice(0, 4), ['output-error', 'output-error', 'output-error', 'output-error'])
  assert.equal(states.at(-1), 'output-available')
  assert.equal(model.requests[1]?.messages.filter(({ role }) => role === 'tool').length, 6)
  const { data } = (await ada.get('/api/v1/tasks')).body
  assert.deepEqual(
    data.map(({ title }: { title: string }) => title),
    ['Right'],
  )
  assert.equal(reply.text, 'Done.')
})

test('tool calls of an interrupted response are not run', async (t) => {
  const { signup, say, model } = await startChat(t)
  const ada = await signup()
  const half = [{ name: 'add_tasks', input: { tasks: [{ title: 'Half' }] } }]
  const { body } = calls(half)
  const withoutEnd = body.slice(0, body.lastIndexOf('data: ', body.indexOf('"finish_reason":"tool_calls"')))
  for (const interrupted of [
    { body: withoutEnd },
    { body: withoutEnd, instead: 'cut' as const },
    calls(half, { finish: 'length' }),
  ]) {
    model.script([interrupted])
    const reply = await say(ada, 'add half')
    assert.deepEqual(
      outputsIn(reply.message).map(({ state, error }) => [state, error]),
      [['output-error', 'this was not run']],
    )
  }
  assert.deepEqual((await ada.get('/api/v1/tasks')).body.data, [])
})

test('changes made before the model fails are kept, and the reply says so', async (t) => {
  const { signup, say, model } = await startChat(t)
  const ada = await signup()
  model.script([calls([{ name: 'add_tasks', input: { tasks: [{ title: 'Kept' }] } }]), fails(400)])
  const reply = await say(ada, 'add kept')
  assert.match(reply.text, /refused to work on this; what is shown as done stays and can be undone\. Try again/)
  assert.equal(actionsIn(reply.message)[0]?.state, 'done')
  assert.equal((await ada.get('/api/v1/tasks')).body.data.length, 1)
})

test('steps, calls, tokens and text are limited', async (t) => {
  const { signup, say, model } = await startChat(t, { env: { CHAT_TURN_TOKENS: '1000', CHAT_STEP_TOKENS: '123' } })
  const ada = await signup()
  model.script(() => calls([{ name: 'agenda', input: {} }]))
  const endless = await say(ada, 'go on for ever')
  assert.equal(model.requests.length, 8)
  assert.match(endless.text, /this took many steps/)
  assert.equal(model.requests[0]?.max_tokens, 123)

  model.requests.length = 0
  model.script(() => calls([{ name: 'agenda', input: {} }], { tokens: 600 }))
  await say(ada, 'think a lot')
  assert.equal(model.requests.length, 2)

  model.script([calls(Array.from({ length: 12 }, () => ({ name: 'agenda', input: {} }))), says('Enough.')])
  const many = await say(ada, 'at once')
  const refused = outputsIn(many.message).filter(({ state }) => state === 'output-error')
  assert.deepEqual([refused.length, /at most 10 calls/.test(refused[0]!.error!)], [2, true])

  model.script([says('blah '.repeat(30_000), { letters: 500 })])
  const long = await say(ada, 'tell me everything')
  assert.match(long.text, /did not come to an end; nothing was changed/)
  assert.ok(JSON.stringify(long.message).length < 110_000)

  model.script([says('This is too', { finish: 'length' })])
  assert.match((await say(ada, 'cut')).text, /longer than allowed/)
})

test('tool outputs are shortened for the model, and old messages are dropped', async (t) => {
  const { signup, say, model } = await startChat(t)
  const ada = await signup()
  const operations = Array.from({ length: 60 }, (_, index) => ({
    ...{ action: 'create', task: { title: `Task ${index}`, description: 'x'.repeat(2_000) } },
  }))
  assert.equal((await ada.post('/api/v1/tasks/bulk', { operations })).status, 200)
  model.script([calls([{ name: 'find_tasks', input: { limit: 60 } }]), says('Many.')])
  const reply = await say(ada, 'show all')
  const [answer] = model.requests[1]!.messages.filter(({ role }) => role === 'tool')
  const shown = JSON.parse(String(answer!.content))
  assert.ok(String(answer!.content).length <= 16_000)
  assert.match(shown.cut, /ask for less/)
  assert.ok(shown.tasks.length > 5)

  model.script(() => says('y'.repeat(3_000)))
  for (let turn = 0; turn < 12; turn++) await say(ada, 'x'.repeat(3_000), reply.conversation_id)
  const last = model.requests.at(-1)!
  assert.ok(JSON.stringify(last.messages).length < 60_000)
  assert.deepEqual([last.messages[1]?.role, last.messages.at(-1)?.role], ['user', 'user'])
})

test('neither the key nor provider errors are logged', async (t) => {
  const written: string[] = []
  const log = createLog({ service: 'chat-api', level: 'debug', terminal: false })
  log.transports[0]!.log = (info: object, done: () => void) => {
    written.push(JSON.stringify(info) + String((info as Record<symbol, unknown>)[Symbol.for('message')]))
    done()
  }
  const { signup, say, model } = await startChat(t, { overrides: { log } })
  const ada = await signup()
  model.script([fails(401, {}, 'Incorrect API key provided: sk-scripted-secret')])
  await say(ada, 'a private matter')
  model.script([garbage('data: sk-scripted-secret\n\n')])
  await say(ada, 'a private matter')
  const all = written.join('\n')
  assert.match(all, /the chat got no answer/)
  assert.doesNotMatch(all, /sk-scripted|Incorrect|private matter/)
})

test('an incomplete model configuration is rejected, as is plain http to another host', () => {
  const env = {
    ...{ CHAT_API_DATABASE_URL: 'postgres://u:p@h/d', APP_API_TOKEN: 'x'.repeat(16), DAPR_API_TOKEN: 'x'.repeat(16) },
    ...{
      TOKEN_SECRET: 'x'.repeat(32),
      LINK_SECRET: 'x'.repeat(32),
      ACCOUNT_KEY: 'x'.repeat(32),
      OAUTH_SECRET: 'x'.repeat(32),
    },
  }
  const model = { OPENAI_BASE_URL: 'https://api.example/v1', OPENAI_API_KEY: 'k', OPENAI_MODEL: 'm' }
  const problemsOf = (changed: Record<string, string>) => {
    try {
      readConfig({ ...env, ...changed })
      return []
    } catch (error) {
      return (error as { problems: string[] }).problems
    }
  }
  assert.deepEqual(problemsOf({}), [])
  assert.deepEqual(problemsOf(model), [])
  assert.deepEqual(problemsOf({ ...model, OPENAI_BASE_URL: 'http://localhost:11434/v1' }), [])
  assert.match(
    problemsOf({ ...model, OPENAI_BASE_URL: 'http://api.example/v1' }).join(),
    /OPENAI_BASE_URL must be https/,
  )
  for (const name of Object.keys(model)) {
    assert.match(problemsOf({ ...model, [name]: '' }).join(), new RegExp(`${name} is not set: .* belong together`))
  }
  assert.equal(problemsOf({ OPENAI_MODEL: 'm', TOKEN_SECRET: '' }).length, 3)
})
