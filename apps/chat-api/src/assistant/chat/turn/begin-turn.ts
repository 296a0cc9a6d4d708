import type { IncomingHttpHeaders } from 'node:http'
import type { ChatConversationRow } from '@taskflow/database'
import { type Origin, type Principal, Problem, type Tx } from '@taskflow/service-kit'
import { v7 as uuidv7 } from 'uuid'
import { once } from '../../../http/idempotency.ts'
import type { AssistantDeps } from '../../deps.ts'
import { actionsOf } from '../actions.ts'
import { abandonTurn, claimTurn, removeConversation } from '../conversations.ts'
import { currentMessages } from '../current-messages.ts'
import type { ChatMessage } from '../messages.ts'
import { type ReservedTokens, reserveTokens, settleTokens } from '../token-budget.ts'

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
 * request's Idempotency-Key was used before. Problems: 403 for an address that is not confirmed, 404, 409 while another
 * reply is generated, 429, 503 without the statestore.
 */
export const beginTurn = async (
  deps: AssistantDeps,
  request: TurnRequest,
): Promise<{ conversation_id: string; turn_id: string; turn?: Turn }> => {
  const { transaction, beginning } = deps
  if (beginning.pendingCount >= maxWaiting) throw tooManyBegin()
  let turn: Turn | undefined
  const begin = async () => {
    const claimed = await transaction((tx) => claim(tx, deps, request), request.origin)
    try {
      turn = { ...claimed, messages: await storeMessage(deps, request.body.message, claimed) }
    } catch (error) {
      await release(deps, claimed, request.body.conversation_id === undefined).catch((error) =>
        deps.log.warn('a conversation is taken until the time of its answer is over', { error }),
      )
      throw error
    }
    return { status: 200, body: { conversation_id: claimed.conversation.id, turn_id: claimed.id } }
  }
  const { body } = await beginning(() => once(transaction, 'chat', request, begin))
  return { ...(body as { conversation_id: string; turn_id: string }), ...(turn ? { turn } : {}) }
}

type ClaimedTurn = Omit<Turn, 'messages'>

/** Committed before the statestore is asked: however slow that is, no row of the person is locked meanwhile. */
const claim = async (
  tx: Tx,
  { chatLimits, assistant }: AssistantDeps,
  { user: { user_id }, body: { conversation_id, message } }: TurnRequest,
): Promise<ClaimedTurn> => {
  const id = uuidv7()
  const until = tx.clock.now().add({ milliseconds: chatLimits.turnMs, seconds: storeSeconds }).toString()
  const title = message.split('\n')[0]!.slice(0, maxTitleLength)
  const conversation = await claimTurn(tx, user_id, { id, until, conversation_id, title })
  const tokens =
    assistant.kind === 'model' ? await reserveTokens(tx, user_id, chatLimits.budget, chatLimits.turnTokens) : undefined
  return { id, user_id, conversation, tokens }
}

/** Stores the message of a claimed turn; returns all messages. */
const storeMessage = async (
  { clock, db, chatMemory }: AssistantDeps,
  message: string,
  { user_id, conversation }: ClaimedTurn,
): Promise<ChatMessage[]> => {
  const now = clock.now()
  const memory = await chatMemory.read(conversation.id)
  const actions = await actionsOf(db, user_id, conversation.id)
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
  return messages
}

/** Undoes the claim of a turn whose message could not be stored. */
const release = async ({ db, clock, transaction }: AssistantDeps, turn: ClaimedTurn, isNew: boolean): Promise<void> => {
  if (turn.tokens) await settleTokens(db, turn.tokens)
  if (isNew) await transaction((tx) => removeConversation(tx, turn.user_id, turn.conversation.id))
  else await abandonTurn(db, turn, clock.now())
}
