import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { TestContext } from 'node:test'
import { Problem, type StateStore } from '@taskflow/service-kit'
import type { TestDatabase } from '@taskflow/test-kit'
import { parseJsonEventStream, readUIMessageStream, type UIMessageChunk, uiMessageChunkSchema } from 'ai'
import { createMemory } from '../src/assistant/chat/memory.ts'
import type { ChatMessage } from '../src/assistant/chat/messages.ts'
import type { Deps } from '../src/deps.ts'
import { startScriptedModel } from './scripted-model.ts'
import { startChatApi } from './start-chat-api.ts'

/** An in-memory statestore that can be made unavailable; its entries never expire. */
export const memoryStore = () => {
  const values = new Map<string, { text: string; etag: string }>()
  let version = 0
  const store = { isAway: false, writes: 0, ttl: 0 }
  const reach = () => {
    if (store.isAway) throw new Problem('service-unavailable', 'away')
  }
  const state: StateStore = {
    get: async (key) => {
      reach()
      const found = values.get(key)
      return found ? { value: JSON.parse(found.text), etag: found.etag } : {}
    },
    save: async (key, value, { etag, ttlSeconds }) => {
      reach()
      if (etag !== undefined && values.get(key)?.etag !== etag) return false
      values.set(key, { text: JSON.stringify(value), etag: String(++version) })
      store.writes++
      store.ttl = ttlSeconds
      return true
    },
    delete: async (key) => {
      reach()
      values.delete(key)
    },
  }
  return { ...state, values, store }
}

/** A reply as the client receives it. */
export interface Heard {
  status: number
  headers: Headers
  chunks: UIMessageChunk[]
  message: ChatMessage
  text: string
  conversation_id: string
}

/** Reads a reply as the AI SDK does. */
export const hear = async (answer: Response): Promise<Heard> => {
  const { status, headers } = answer
  assert.equal(status, 200, await (status === 200 ? '' : answer.text()))
  const [forChunks, forMessage] = parseJsonEventStream({ stream: answer.body!, schema: uiMessageChunkSchema })
    .pipeThrough(
      new TransformStream({
        transform: (result, controller) => {
          if (!result.success) throw result.error
          controller.enqueue(result.value)
        },
      }),
    )
    .tee() as [ReadableStream<UIMessageChunk>, ReadableStream<UIMessageChunk>]
  let message: ChatMessage | undefined
  const errors: unknown[] = []
  const reading = (async () => {
    const options = { stream: forMessage, onError: (error: unknown) => void errors.push(error) }
    for await (const state of readUIMessageStream<ChatMessage>(options)) message = state
  })()
  const chunks = await Array.fromAsync(forChunks)
  await reading
  assert.deepEqual(errors, [])
  assert.equal(chunks.at(-1)?.type, 'finish', 'every answer ends')
  return {
    ...{ status, headers, chunks },
    // As it would be stored.
    message: JSON.parse(JSON.stringify(message)),
    text: message!.parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n'),
    conversation_id: headers.get('location')?.split('/').at(-1) ?? '',
  }
}

/** chat-api with a scripted model and an in-memory statestore. */
export const startChat = async (
  t: TestContext,
  options: {
    overrides?: Partial<Deps>
    env?: Record<string, string>
    database?: TestDatabase
    state?: ReturnType<typeof memoryStore>
  } = {},
) => {
  const model = await startScriptedModel(t)
  const state = options.state ?? memoryStore()
  const overrides = { chatMemory: createMemory(state, 30), ...options.overrides }
  const env = { ...model.env, CHAT_SILENCE_SECONDS: '30', CHAT_TURN_SECONDS: '60', ...options.env }
  const api = await startChatApi(t, overrides, env, options.database)
  const post = (token: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${api.service.url}/api/v1/chat`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  return {
    ...api,
    model,
    state,
    post,
    /** Sends a message and reads the whole reply. */
    say: async ({ token }: { token: string }, message: string, conversation_id?: string): Promise<Heard> =>
      hear(await post(token, { message, ...(conversation_id ? { conversation_id } : {}) })),
    conversation: async (person: { get(path: string): Promise<{ body: Conversation }> }, id: string) =>
      (await person.get(`/api/v1/chat/conversations/${id}`)).body,
  }
}

interface Conversation {
  id: string
  title: string
  is_running: boolean
  messages: ChatMessage[]
}

/** The actions in a message, each in its latest state there. */
export const actionsIn = ({ parts }: ChatMessage) =>
  parts.flatMap((part) => (part.type === 'data-action' ? part.data : []))

/** The tool outputs and errors in a message. */
export const outputsIn = ({ parts }: ChatMessage) =>
  parts.flatMap((part) =>
    'toolCallId' in part ? [{ type: part.type, state: part.state, output: part.output, error: part.errorText }] : [],
  )

/** A conversation with a pending action, inserted into the tables. */
export const aConversation = async (pool: TestDatabase['pool'], user_id: string) => {
  const ids = { conversation: randomUUID(), action: randomUUID() }
  await pool.query(
    `INSERT INTO identity.chat_conversations (id, user_id, title, created_at, updated_at)
     VALUES ($1, $2, 'Hers', now(), now())`,
    [ids.conversation, user_id],
  )
  await pool.query(
    `INSERT INTO identity.chat_actions (id, user_id, conversation_id, turn_id, tool, input, summary, state, signature,
                                        created_at, expires_at)
     VALUES ($1, $2, $3, gen_random_uuid(), 'delete_tasks', '{"ids":[]}', 'Hers', 'pending', 'x', now(), now() + interval '10 minutes')`,
    [ids.action, user_id, ids.conversation],
  )
  return ids
}
