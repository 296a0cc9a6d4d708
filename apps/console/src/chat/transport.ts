import { DefaultChatTransport, type UIMessageChunk } from 'ai'
import { api } from '../api/api.ts'
import type { ChatMessage } from '../api/openapi.d.ts'

type Sending = Parameters<DefaultChatTransport<ChatMessage>['sendMessages']>[0]
type Reconnecting = Parameters<DefaultChatTransport<ChatMessage>['reconnectToStream']>[0]

/** The open conversation. `onBegun` is called with its id as soon as a message has arrived at chat-api. */
interface Conversation {
  id(): string | undefined
  onBegun(id: string): void
}

/**
 * How useChat sends messages. The id of a message is its Idempotency-Key, so that sending it again does nothing more.
 */
export class ChatTransport extends DefaultChatTransport<ChatMessage> {
  private readonly conversation: Conversation

  constructor(conversation: Conversation) {
    super()
    this.conversation = conversation
  }

  override async sendMessages({ messages, abortSignal }: Sending): Promise<ReadableStream<UIMessageChunk>> {
    const { id, parts } = messages.at(-1)!
    const message = parts.flatMap((part) => (part.type === 'text' ? part.text : [])).join('\n')
    const conversation_id = this.conversation.id()
    const { data, response } = await api.POST('/chat', {
      params: { header: { 'Idempotency-Key': id } },
      body: { message, ...(conversation_id ? { conversation_id } : {}) },
      parseAs: 'stream',
      signal: abortSignal ?? null,
    })
    const conversation = response.headers.get('location')?.split('/').at(-1)
    if (conversation) this.conversation.onBegun(conversation)
    return this.processResponseStream(data!)
  }

  /** Returns null when no answer is being made. */
  override async reconnectToStream({ abortSignal }: Reconnecting): Promise<ReadableStream<UIMessageChunk> | null> {
    const path = { id: this.conversation.id() ?? '' }
    const signal = abortSignal ?? null
    const { data } = await api.GET('/chat/{id}/stream', { params: { path }, parseAs: 'stream', signal })
    return data ? this.processResponseStream(data) : null
  }
}
