import type { Readable } from 'node:stream'
import { type Loop, Problem } from '@taskflow/service-kit'
import { isToolUIPart, type UIMessageStreamWriter } from 'ai'
import { findUser } from '../../account/users.ts'
import type { AssistantDeps } from '../deps.ts'
import { actionsOf } from './actions.ts'
import { abandonTurn, findConversation, isRunning } from './conversations.ts'
import { type ChatMessage, type MessageFacts, textOf } from './messages.ts'
import { promptOf } from './prompt.ts'
import { GivenUp } from './provider/explain-failure.ts'
import { storeAnswer } from './store-answer.ts'
import { chunksOf, messagesNow } from './stored-answer.ts'
import { streamAnswer } from './stream-answer.ts'
import { type Turn, type TurnRequest, takeTurn } from './take-turn.ts'
import { createTurnLog, type TurnLog } from './turn-log.ts'
import { createTurnTools } from './turn-tools.ts'
import { createChatUpkeep } from './upkeep.ts'

/** The answers that are being made. They go on whoever listens: what was begun is ended and stored. */
export interface Turns {
  /** Answers what a person says. Problems are those of `takeTurn`. */
  begin(request: TurnRequest): Promise<{ conversation_id: string; stream: Readable }>
  /** The answer that is being made here in a conversation, from its beginning; undefined when there is none. */
  follow(conversation_id: string): Readable | undefined
  /** Gives up on it: the conversation is gone. */
  stop(conversation_id: string): void
  /** Upkeep; stopping it ends all answers. */
  loop: Loop
}

interface RunningTurn {
  log: TurnLog
  giveUp: AbortController
  over: Promise<void>
}

const notStored = 'This answer could not be stored: the conversation will show what it did, not what it said.'
const ourFault =
  'Something went wrong on our side. What is shown as done stays and can be undone. Try again in a minute.'

export const createTurns = (deps: AssistantDeps): Turns => {
  const { db, clock, log, assistant, chatLimits, chatMemory } = deps
  const upkeep = createChatUpkeep(deps)
  const running = new Map<string, RunningTurn>()

  /** Makes the answer and says it as it comes; the last chunk waits until it is stored. */
  const run = async (turn: Turn, { user, origin }: TurnRequest, turnLog: TurnLog, signal: AbortSignal) => {
    const { id, conversation, messages } = turn
    const now = clock.now()
    const facts: MessageFacts = {
      conversation_id: conversation.id,
      created_at: now.toString(),
      answered_by: assistant.kind,
    }
    let writer: UIMessageStreamWriter<ChatMessage>
    const turnTools = createTurnTools(deps, {
      id,
      conversation_id: conversation.id,
      caller: { user, origin, signal },
      userMessages: messages
        .filter(({ role }) => role === 'user')
        .slice(-2)
        .map(textOf),
      isTrusted: assistant.kind === 'interpreter',
      hasRead: messages.some(({ parts }) => parts.some(isToolUIPart)),
      show: (data) => writer.write({ type: 'data-action', id: data.id, data }),
    })
    const actions = await actionsOf(db, user.user_id, conversation.id)
    const answering = {
      ...{ id, facts, turnTools, signal },
      person: await findUser(db, user.user_id),
      prompt: await promptOf(messages, actions, turnTools.tools, now),
      correlation_id: origin.correlationid,
    }
    let isStored = false
    const stream = streamAnswer(deps, answering, {
      onWriter: (given) => {
        writer = given
      },
      store: async (message) => {
        isStored = await storeAnswer(deps, turn, message)
      },
    })
    let finish: Parameters<TurnLog['write']>[0] = { type: 'finish', finishReason: 'error' }
    for await (const chunk of stream) {
      if (chunk.type === 'finish') finish = chunk
      else turnLog.write(chunk)
    }
    if (!isStored) turnLog.write({ type: 'data-notice', data: { text: notStored } })
    turnLog.write(finish)
  }

  const start = (turn: Turn, request: TurnRequest): TurnLog => {
    const turnLog = createTurnLog()
    const giveUp = new AbortController()
    const signal = AbortSignal.any([giveUp.signal, AbortSignal.timeout(chatLimits.turnMs)])
    const over = run(turn, request, turnLog, signal)
      .catch(async (error) => {
        log.error('an answer of the chat failed', { correlation_id: request.origin.correlationid, error })
        turnLog.write({ type: 'text-start', id: 'fault' })
        turnLog.write({ type: 'text-delta', id: 'fault', delta: ourFault })
        turnLog.write({ type: 'text-end', id: 'fault' })
        turnLog.write({ type: 'finish', finishReason: 'error' })
        await abandonTurn(db, turn, clock.now()).catch(() => {})
      })
      .finally(() => {
        running.delete(turn.conversation.id)
        turnLog.end()
      })
    running.set(turn.conversation.id, { log: turnLog, giveUp, over })
    return turnLog
  }

  /** The answer to a request that comes again. */
  const repeat = async (user_id: string, conversation_id: string, turn_id: string): Promise<Readable> => {
    const conversation = await findConversation(db, user_id, conversation_id)
    const here = running.get(conversation_id)
    if (here && conversation.turn_id === turn_id) return here.log.read()
    if (conversation.turn_id === turn_id && isRunning(conversation, clock.now())) {
      throw new Problem('in-progress', 'the answer is being made; look at the conversation', {
        headers: { 'retry-after': '2' },
      })
    }
    const { messages } = await chatMemory.read(conversation_id)
    const actions = await actionsOf(db, user_id, conversation_id)
    const answer = messagesNow(messages, conversation, actions, clock.now()).find(({ id }) => id === turn_id)
    if (!answer) throw new Problem('not-found', 'the answer is not remembered any more')
    const turnLog = createTurnLog()
    for (const chunk of chunksOf(answer)) turnLog.write(chunk)
    turnLog.end()
    return turnLog.read()
  }

  return {
    begin: async (request) => {
      const { conversation_id, turn_id, turn } = await takeTurn(deps, request)
      const stream = turn ? start(turn, request).read() : await repeat(request.user.user_id, conversation_id, turn_id)
      return { conversation_id, stream }
    },
    follow: (conversation_id) => running.get(conversation_id)?.log.read(),
    stop: (conversation_id) => running.get(conversation_id)?.giveUp.abort(new GivenUp('the conversation is deleted')),
    loop: {
      ...upkeep,
      stop: async () => {
        for (const { giveUp } of running.values()) giveUp.abort(new GivenUp('the service stops'))
        await Promise.all([...[...running.values()].map(({ over }) => over), upkeep.stop()])
      },
    },
  }
}
