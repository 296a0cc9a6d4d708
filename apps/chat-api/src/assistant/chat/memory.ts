import type { StateStore } from '@taskflow/service-kit'
import { type ChatMessage, newestThatFit } from './messages.ts'

/** The messages of a conversation, and which version of them. */
export interface Memory {
  messages: ChatMessage[]
  etag?: string | undefined
}

/** As much of a conversation is kept; older messages go. */
const largest = 400_000

const keyOf = (conversation_id: string) => `chat-${conversation_id}`

/** What is remembered of conversations, in the statestore. Problem 503 when that cannot be reached. */
export const createMemory = (state: StateStore, days: number) => ({
  /** How long a conversation is remembered after its last message. */
  days,
  read: async (conversation_id: string): Promise<Memory> => {
    const { value, etag } = await state.get<{ messages: ChatMessage[] }>(keyOf(conversation_id))
    return { messages: value?.messages ?? [], etag }
  },
  /** False when others have written since it was read. */
  write: (conversation_id: string, { messages, etag }: Memory): Promise<boolean> =>
    state.save(
      keyOf(conversation_id),
      { messages: newestThatFit(messages, largest) },
      { etag, ttlSeconds: days * 86_400 },
    ),
  forget: (conversation_id: string): Promise<void> => state.delete(keyOf(conversation_id)),
})
export type ChatMemory = ReturnType<typeof createMemory>
