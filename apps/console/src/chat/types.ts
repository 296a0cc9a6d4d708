import type { infer as Infer } from 'zod'
import type { shownConversation } from '../../../chat-api/src/assistant/chat/conversations.ts'
import type { ChatMessage } from '../../../chat-api/src/assistant/chat/messages.ts'

export type { ShownAction } from '../../../chat-api/src/assistant/chat/actions.ts'
export type { ChatMessage } from '../../../chat-api/src/assistant/chat/messages.ts'

export type Conversation = Infer<typeof shownConversation>
export type ConversationWithMessages = Conversation & { messages: ChatMessage[] }
export type Part = ChatMessage['parts'][number]
