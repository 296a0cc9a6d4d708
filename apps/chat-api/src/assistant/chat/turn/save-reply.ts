import { setTimeout as delay } from 'node:timers/promises'
import type { AssistantDeps } from '../deps.ts'
import { abandonTurn, endTurn } from './conversations.ts'
import type { ChatMessage } from './messages.ts'
import type { Turn } from './take-turn.ts'

const attempts = 4
const firstPause = 250

/**
 * Adds an answer to what is remembered, and frees the conversation; false when the statestore cannot be reached. What the
 * answer has done is known all the same and is shown in its place then.
 */
export const storeAnswer = async (deps: AssistantDeps, turn: Turn, message: ChatMessage): Promise<boolean> => {
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
      if (attempt === attempts) throw new Error('others write all the time')
    } catch (error) {
      if (attempt === attempts) throw error
    }
    await delay(firstPause * 2 ** (attempt - 1))
  }
}
