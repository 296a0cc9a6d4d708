import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { claimTurn } from '../../../src/assistant/chat/conversations.ts'
import { createMemory } from '../../../src/assistant/chat/memory.ts'
import { says } from '../../../testing/scripted-model.ts'
import { hear, memoryStore, startChat } from '../../../testing/start-chat.ts'

const hello = { message: 'hello' }

test('a person has so many tokens of the language model a day, and all people together have', async (t) => {
  // Each reply may use 1,000, and uses what the model reports.
  const env = { CHAT_TURN_TOKENS: '1000', CHAT_TOKENS_PER_DAY: '1', CHAT_TOKENS_PER_DAY_IN_ALL: '0' }
  const chat = await startChat(t, { env })
  const ada = await chat.signup()
  chat.model.script([says('one')])
  assert.equal((await chat.say(ada, 'hello')).text, 'one')
  const refused = await chat.post(ada.token, hello)
  assert.equal(refused.status, 429)
  assert.match(((await refused.json()) as { detail: string }).detail, /the limit "chat-tokens"/)
  assert.ok(Number(refused.headers.get('retry-after')) <= 86_400)
  assert.equal(chat.model.requests.length, 1)
  const eve = await chat.signup()
  chat.model.script([says('two')])
  assert.equal((await chat.say(eve, 'hello')).text, 'two')

  const inAll = { env: { ...env, CHAT_TOKENS_PER_DAY_IN_ALL: '1' }, database: chat.service.database }
  const other = await startChat(t, inAll)
  const refusedToAll = await other.post((await other.signup()).token, hello)
  assert.equal(refusedToAll.status, 429)
  assert.match(((await refusedToAll.json()) as { detail: string }).detail, /the limit "chat-tokens-in-all"/)
})

test('what a reply did not use of its limit is given back; the interpreter uses none', async (t) => {
  const chat = await startChat(t, { env: { CHAT_TURN_TOKENS: '1000' } })
  const ada = await chat.signup()
  const used = async () => {
    const { rows } = await chat.service.database.pool.query('SELECT tokens::int FROM identity.chat_tokens')
    return rows.map(({ tokens }) => tokens)
  }
  chat.model.script([says('one')])
  await chat.say(ada, 'hello')
  const [tokens] = await used()
  assert.ok(tokens! > 0 && tokens! < 1_000, `${tokens}`)
  const interpreter = await startChat(t, {
    env: { OPENAI_BASE_URL: '', OPENAI_API_KEY: '', OPENAI_MODEL: '' },
    database: chat.service.database,
  })
  await interpreter.say(ada, 'help')
  assert.deepEqual(await used(), [tokens])
})

test('the language model replies to confirmed addresses only', async (t) => {
  const chat = await startChat(t, { env: { REQUIRE_CONFIRMED_EMAIL: 'true' } })
  const refused = await chat.post((await chat.signup()).token, hello)
  assert.equal(refused.status, 403)
  assert.match(((await refused.json()) as { detail: string }).detail, /confirm your e-mail address first/)
  assert.equal(chat.model.requests.length, 0)
})

test('of turns that begin at the same moment, at two replicas, a person gets five', async (t) => {
  const chat = await startChat(t)
  const other = await startChat(t, { database: chat.service.database })
  const ada = await chat.signup()
  const turn = { until: '2100-01-01T00:00:00Z', conversation_id: undefined, title: 'hello' }
  const begin = ({ service }: typeof chat) =>
    service.deps.transaction(async (tx) => {
      await claimTurn(tx, ada.id, { ...turn, id: randomUUID() })
      // As many as there are connections have counted before the first commits.
      await delay(100)
    })
  const results = await Promise.allSettled(Array.from({ length: 12 }, (_, index) => begin(index % 2 ? chat : other)))
  const refused = results.flatMap((result) => (result.status === 'rejected' ? [String(result.reason.status)] : []))
  assert.deepEqual(refused, Array(7).fill('429'))
})

test('a slow statestore holds up the chat and nothing else', async (t) => {
  const state = memoryStore()
  let isSlow = true
  const save: typeof state.save = async (...args) => {
    while (isSlow) await delay(20)
    return state.save(...args)
  }
  const chat = await startChat(t, { overrides: { chatMemory: createMemory({ ...state, save }, 30) } })
  const people = await Promise.all(Array.from({ length: 8 }, () => chat.signup()))
  chat.model.script(people.map(() => says('done')))
  const sent = people.map(({ token }) => chat.post(token, hello))
  await delay(200)
  assert.equal((await people[0]!.post('/api/v1/tasks', { title: 'meanwhile' })).status, 201)
  isSlow = false
  for (const answer of sent) assert.equal((await hear(await answer)).text, 'done')
})
