import { setTimeout as delay } from 'node:timers/promises'
import type { AssistantDeps } from '../../deps.ts'
import { abandonTurn, endTurn } from '../conversations.ts'
import type { ChatMessage } from '../messages.ts'
import type { Turn } from './begin-turn.ts'

const maxAttempts = 4
const firstDelayMs = 250

/**
 * Stores a reply in the conversation and ends its turn; returns false when the statestore cannot be reached. The
 * actions of the turn are in the database, and the conversation shows them in place of the reply then.
 */
export const saveReply = async (deps: AssistantDeps, turn: Turn, message: ChatMessage): Promise<boolean> => {
  const { db, clock, log } = deps
  try {
    await addMessage(deps, turn.conversation.id, message)
    await endTurn(db, turn, clock.now())
    return true
  } catch (error) {
    log.warn('an answer of the chat could not be stored', { error })
    await abandonTurn(db, turn, clock.now()).catch((error) =>
      log.warn('a conversation is taken until the time of its answer is over', { error }),
    )
    return false
  }
}

const addMessage = async (
  { chatMemory }: AssistantDeps,
  conversation_id: string,
  message: ChatMessage,
): Promise<void> => {
  for (let attempt = 1; ; attempt++) {
    try {
      const { messages, etag } = await chatMemory.read(conversation_id)
      if (messages.some(({ id }) => id === message.id)) return
      if (await chatMemory.write(conversation_id, { messages: [...messages, message], etag })) return
      if (attempt === maxAttempts) throw new Error('others write all the time')
    } catch (error) {
      if (attempt === maxAttempts) throw error
    }
    await delay(firstDelayMs * 2 ** (attempt - 1))
  }
}
