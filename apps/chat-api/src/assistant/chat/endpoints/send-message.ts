import { endpoint } from '@taskflow/service-kit'
import { text } from '@taskflow/tasks'
import { UI_MESSAGE_STREAM_HEADERS } from 'ai'
import { z } from 'zod'
import type { Turns } from '../turn/turns.ts'

const { connection: _, ...sdkHeaders } = UI_MESSAGE_STREAM_HEADERS

/** For every stream: proxies do not buffer it, caches do not store it. */
export const streamHeaders = { ...sdkHeaders, 'cache-control': 'no-store' }

export const sendMessage = (turns: Turns) =>
  endpoint({
    method: 'post',
    path: '/api/v1/chat',
    summary: 'Say something to the assistant; the answer comes as a UI message stream of the AI SDK',
    access: 'user',
    // Tools that change something need tasks:write themselves.
    scope: 'tasks:read',
    headers: ['Idempotency-Key'],
    body: z.strictObject({
      conversation_id: z.uuid().optional().meta({ description: 'left out, a new conversation begins' }),
      message: text(1, 4_000),
    }),
    produces: 'text/event-stream',
    problems: [404],
    answers: { 200: z.string() },
    handle: async (request) => {
      const { conversation_id, stream } = await turns.send(request)
      const location = `/api/v1/chat/conversations/${conversation_id}`
      return { status: 200, body: stream, headers: { ...streamHeaders, location } }
    },
  })
