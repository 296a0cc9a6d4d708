import { DefaultChatTransport } from 'ai'
import { sendSigned } from '../api/api.ts'
import type { ChatMessage } from './types.ts'

/**
 * How useChat talks to the interface: signed as every request, and with the id of a message as its Idempotency-Key, so that
 * one that is sent again is not said again. `begun` is told the conversation as soon as the message has arrived.
 */
export const createTransport = (conversation: { id(): string | undefined; begun(id: string): void }) =>
  new DefaultChatTransport<ChatMessage>({
    api: '/chat',
    fetch: async (path, { method = 'GET', headers, body, signal } = {}) => {
      const answer = await sendSigned(method, String(path), {
        headers: Object.fromEntries(new Headers(headers)),
        isStream: true,
        ...(typeof body === 'string' ? { body } : {}),
        ...(signal ? { signal } : {}),
      })
      const id = answer.headers.get('location')?.split('/').at(-1)
      if (id) conversation.begun(id)
      return answer
    },
    prepareSendMessagesRequest: ({ messages }) => {
      const { id, parts } = messages.at(-1)!
      const message = parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n')
      const conversation_id = conversation.id()
      return {
        headers: { 'idempotency-key': id },
        body: { message, ...(conversation_id ? { conversation_id } : {}) },
      }
    },
    prepareReconnectToStreamRequest: ({ api }) => ({ api: `${api}/${conversation.id()}/stream` }),
  })
