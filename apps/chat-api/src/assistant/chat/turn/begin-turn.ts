import type { IncomingHttpHeaders } from 'node:http'
import type { ChatConversationRow } from '@taskflow/database'
import { type Origin, type Principal, Problem } from '@taskflow/service-kit'
import { v7 as uuidv7 } from 'uuid'
import { once } from '../../http/idempotency.ts'
import type { AssistantDeps } from '../deps.ts'
import { actionsOf } from './actions.ts'
import { claimTurn } from './conversations.ts'
import type { ChatMessage } from './messages.ts'
import { messagesNow } from './stored-answer.ts'

/** What a person says. */
export interface TurnRequest {
  user: Principal
  headers: IncomingHttpHeaders
  origin: Origin
  body: { conversation_id?: string | undefined; message: string }
}

/** A turn that nobody else works on: what was said is stored, the answer is to be made. */
export interface Turn {
  id: string
  user_id: string
  conversation: ChatConversationRow
  messages: ChatMessage[]
}

/** How long an answer that is made may take to be stored. */
const storeSeconds = 30
const longestTitle = 80

/**
 * Takes the conversation, or begins one, and stores what the person said; `turn` is left out when an Idempotency-Key says
 * that this was done before. Problems: 404, 409 while another answer is made, 429, 503 without the statestore.
 */
export const takeTurn = async (
  { clock, transaction, chatMemory, chatLimits }: AssistantDeps,
  request: TurnRequest,
): Promise<{ conversation_id: string; turn_id: string; turn?: Turn }> => {
  const { user_id } = request.user
  const { conversation_id, message } = request.body
  let turn: Turn | undefined
  const { body } = await once(transaction, 'chat', request, async (tx) => {
    const now = clock.now()
    const id = uuidv7()
    const until = now.add({ milliseconds: chatLimits.turnMs, seconds: storeSeconds }).toString()
    const title = message.split('\n')[0]!.slice(0, longestTitle)
    const conversation = await claimTurn(tx, user_id, { id, until, conversation_id, title })
    const memory = conversation_id ? await chatMemory.read(conversation.id) : { messages: [] }
    const actions = await actionsOf(tx, user_id, conversation.id)
    const said: ChatMessage = {
      id: uuidv7(),
      role: 'user',
      metadata: { conversation_id: conversation.id, created_at: now.toString() },
      parts: [{ type: 'text', text: message }],
    }
    const messages = [...messagesNow(memory.messages, conversation, actions, now), said]
    if (!(await chatMemory.write(conversation.id, { ...memory, messages }))) {
      throw new Problem('in-progress', 'the conversation has just gone on elsewhere; look at it and try again', {
        headers: { 'retry-after': '1' },
      })
    }
    turn = { id, user_id, conversation, messages }
    return { status: 200, body: { conversation_id: conversation.id, turn_id: id } }
  })
  return { ...(body as { conversation_id: string; turn_id: string }), ...(turn ? { turn } : {}) }
}
