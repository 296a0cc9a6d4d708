import type { IncomingHttpHeaders } from 'node:http'
import type { ChatConversationRow } from '@taskflow/database'
import { type Origin, type Principal, Problem, type Tx } from '@taskflow/service-kit'
import { v7 as uuidv7 } from 'uuid'
import { once } from '../../../http/idempotency.ts'
import type { AssistantDeps } from '../../deps.ts'
import { actionsOf } from '../actions.ts'
import { claimTurn } from '../conversations.ts'
import { currentMessages } from '../current-messages.ts'
import type { ChatMessage } from '../messages.ts'
import { type ReservedTokens, reserveTokens } from '../token-budget.ts'

/** A message from the user. */
export interface TurnRequest {
  user: Principal
  headers: IncomingHttpHeaders
  origin: Origin
  body: { conversation_id?: string | undefined; message: string }
}

/** A claimed turn: its message is stored, its reply is not generated yet. */
export interface Turn {
  id: string
  user_id: string
  conversation: ChatConversationRow
  messages: ChatMessage[]
  /** Set aside for the language model; none for the interpreter. */
  tokens: ReservedTokens | undefined
}

/** Replies that wait for their beginning; see `beginning`. */
const maxWaiting = 50

const tooManyBegin = () =>
  new Problem('service-unavailable', 'too many people talk to the assistant at this moment; try again', {
    headers: { 'retry-after': '2' },
  })

/** Time to store a generated reply. */
const storeSeconds = 30
const maxTitleLength = 80

/**
 * Claims a turn in the conversation, or in a new one, and stores the user's message. `turn` is left out when the
 * request's Idempotency-Key was used before. Problems: 404, 409 while another reply is generated, 429, 503 without the
 * statestore.
 */
export const beginTurn = async (
  { clock, transaction, chatMemory, chatLimits, assistant, beginning }: AssistantDeps,
  request: TurnRequest,
): Promise<{ conversation_id: string; turn_id: string; turn?: Turn }> => {
  const { user_id } = request.user
  const { conversation_id, message } = request.body
  let turn: Turn | undefined
  if (beginning.pendingCount >= maxWaiting) throw tooManyBegin()
  const begin = async (tx: Tx) => {
    const now = clock.now()
    const id = uuidv7()
    const until = now.add({ milliseconds: chatLimits.turnMs, seconds: storeSeconds }).toString()
    const title = message.split('\n')[0]!.slice(0, maxTitleLength)
    const conversation = await claimTurn(tx, user_id, { id, until, conversation_id, title })
    const tokens =
      assistant.kind === 'model'
        ? await reserveTokens(tx, user_id, chatLimits.budget, chatLimits.turnTokens)
        : undefined
    const memory = conversation_id ? await chatMemory.read(conversation.id) : { messages: [] }
    const actions = await actionsOf(tx, user_id, conversation.id)
    const userMessage: ChatMessage = {
      id: uuidv7(),
      role: 'user',
      metadata: { conversation_id: conversation.id, created_at: now.toString() },
      parts: [{ type: 'text', text: message }],
    }
    const messages = [...currentMessages(memory.messages, conversation, actions, now), userMessage]
    if (!(await chatMemory.write(conversation.id, { ...memory, messages }))) {
      throw new Problem('in-progress', 'the conversation has just gone on elsewhere; look at it and try again', {
        headers: { 'retry-after': '1' },
      })
    }
    turn = { id, user_id, conversation, messages, tokens }
    return { status: 200, body: { conversation_id: conversation.id, turn_id: id } }
  }
  const { body } = await beginning(() => once(transaction, 'chat', request, begin))
  return { ...(body as { conversation_id: string; turn_id: string }), ...(turn ? { turn } : {}) }
}
