import type { StateStore } from '@taskflow/service-kit'
import { type ChatMessage, newestThatFit } from './messages.ts'

/** The messages of a conversation and their version. */
export interface Memory {
  messages: ChatMessage[]
  etag?: string | undefined
}

/** Characters of a conversation that are stored; older messages are dropped. */
const maxStoredLength = 400_000

const keyOf = (conversation_id: string) => `chat-${conversation_id}`

/** The messages of conversations, in the statestore. Problem 503 when that cannot be reached. */
export const createMemory = (state: StateStore, days: number) => ({
  /** How long a conversation is kept after its last message. */
  days,
  read: async (conversation_id: string): Promise<Memory> => {
    const { value, etag } = await state.get<{ messages: ChatMessage[] }>(keyOf(conversation_id))
    return { messages: value?.messages ?? [], etag }
  },
  /** Returns false when it was written since it was read. */
  write: (conversation_id: string, { messages, etag }: Memory): Promise<boolean> =>
    state.save(
      keyOf(conversation_id),
      { messages: newestThatFit(messages, maxStoredLength) },
      { etag, ttlSeconds: days * 86_400 },
    ),
  forget: (conversation_id: string): Promise<void> => state.delete(keyOf(conversation_id)),
})
export type ChatMemory = ReturnType<typeof createMemory>
