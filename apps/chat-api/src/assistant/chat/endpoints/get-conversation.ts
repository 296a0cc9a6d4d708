import { endpoint } from '@taskflow/service-kit'
import { z } from 'zod'
import { idParams } from '../../../http/schemas.ts'
import type { AssistantDeps } from '../../deps.ts'
import { actionsOf } from '../actions.ts'
import { findConversation, showConversation, shownConversation } from '../conversations.ts'
import { currentMessages } from '../current-messages.ts'

const facts = z
  .looseObject({
    conversation_id: z.string(),
    created_at: z.string(),
    answered_by: z.enum(['model', 'interpreter']).optional().meta({ description: 'of an answer' }),
  })
  .meta({ id: 'MessageFacts' })

const message = z
  .object({
    id: z.string(),
    role: z.enum(['user', 'assistant']),
    metadata: facts.optional(),
    parts: z.array(z.looseObject({ type: z.string() })),
  })
  .meta({ id: 'ChatMessage' })

const answer = shownConversation.extend({ messages: z.array(message) }).meta({ id: 'ConversationDetails' })

export const getConversation = ({ db, clock, chatMemory }: AssistantDeps) =>
  endpoint({
    method: 'get',
    path: '/api/v1/chat/conversations/:id',
    summary: 'Show a conversation with its messages, as UI messages of the AI SDK',
    access: 'user',
    params: idParams,
    answers: { 200: answer },
    handle: async ({ params: { id }, user }) => {
      const conversation = await findConversation(db, user.user_id, id)
      const { messages } = await chatMemory.read(id)
      const actions = await actionsOf(db, user.user_id, id)
      const now = clock.now()
      const shown = currentMessages(messages, conversation, actions, now)
      return { status: 200, body: { ...showConversation(conversation, now), messages: shown } }
    },
  })
