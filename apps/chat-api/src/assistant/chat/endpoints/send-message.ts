import { endpoint } from '@taskflow/service-kit'
import { text } from '@taskflow/tasks'
import { UI_MESSAGE_STREAM_HEADERS } from 'ai'
import { z } from 'zod'
import type { Turns } from '../turns.ts'

const { connection: _, ...streamHeaders } = UI_MESSAGE_STREAM_HEADERS

/** Of every stream: no proxy keeps it back, nobody stores it. */
export const headersOfStream = { ...streamHeaders, 'cache-control': 'no-store' }

export const sendMessage = (turns: Turns) =>
  endpoint({
    method: 'post',
    path: '/api/v1/chat',
    summary: 'Say something to the assistant; the answer comes as a UI message stream of the AI SDK',
    access: 'user',
    // What the assistant may change is what the caller may.
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
      const { conversation_id, stream } = await turns.begin(request)
      const location = `/api/v1/chat/conversations/${conversation_id}`
      return { status: 200, body: stream, headers: { ...headersOfStream, location } }
    },
  })
