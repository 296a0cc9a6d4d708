import type { Readable } from 'node:stream'
import { type Loop, Problem } from '@taskflow/service-kit'
import { isToolUIPart } from 'ai'
import { findUser } from '../../../account/users.ts'
import type { AssistantDeps } from '../../deps.ts'
import { actionsOf } from '../actions.ts'
import { abandonTurn, findConversation, isRunning } from '../conversations.ts'
import { currentMessages } from '../current-messages.ts'
import { createChatUpkeep } from '../forget-conversations.ts'
import { textOf } from '../messages.ts'
import { TurnCancelled } from '../provider/explain-failure.ts'
import { settleTokens } from '../token-budget.ts'
import { beginTurn, type Turn, type TurnRequest } from './begin-turn.ts'
import { generateReply } from './generate-reply.ts'
import { promptOf } from './prompt.ts'
import { chunksOf } from './replay-reply.ts'
import { createReplyStream, type ReplyStream } from './reply-stream.ts'
import { saveReply } from './save-reply.ts'

/** The turns of this process. A turn ends and its reply is stored whether or not a client still listens. */
export interface Turns {
  /** Takes a message and replies to it. Problems are those of `beginTurn`. */
  send(request: TurnRequest): Promise<{ conversation_id: string; stream: Readable }>
  /** The running reply in a conversation, from its beginning; undefined when none runs in this process. */
  follow(conversation_id: string): Readable | undefined
  /** Cancels the turn of a conversation that was deleted. */
  cancel(conversation_id: string): void
  /** Upkeep; stopping it cancels all turns. */
  loop: Loop
}

interface RunningTurn {
  reply: ReplyStream
  cancelled: AbortController
  over: Promise<void>
}

const notStored = 'This answer could not be stored: the conversation will show what it did, not what it said.'
const ourFault =
  'Something went wrong on our side. What is shown as done stays and can be undone. Try again in a minute.'

export const createTurns = (deps: AssistantDeps): Turns => {
  const { db, clock, log, assistant, chatLimits, chatMemory } = deps
  const upkeep = createChatUpkeep(deps)
  const running = new Map<string, RunningTurn>()

  /** Streams the reply as the model generates it; the last chunk waits until the reply is stored. */
  const generate = async (turn: Turn, { user, origin }: TurnRequest, reply: ReplyStream, signal: AbortSignal) => {
    const { id, conversation, messages } = turn
    const now = clock.now()
    const actions = await actionsOf(db, user.user_id, conversation.id)
    let isStored = false
    const chunks = generateReply(deps, {
      turn: {
        id,
        conversation_id: conversation.id,
        caller: { user, origin, signal },
        userMessages: messages
          .filter(({ role }) => role === 'user')
          .slice(-2)
          .map(textOf),
        isTrusted: assistant.kind === 'interpreter',
        hasRead: messages.some(({ parts }) => parts.some(isToolUIPart)),
      },
      metadata: { conversation_id: conversation.id, created_at: now.toString(), answered_by: assistant.kind },
      person: await findUser(db, user.user_id),
      prompt: await promptOf(messages, actions, now),
      signal,
      countTokens: (used) => {
        if (turn.tokens) turn.tokens.used += used
      },
      save: async (message) => {
        isStored = await saveReply(deps, turn, message)
      },
    })
    let finish: Parameters<ReplyStream['write']>[0] = { type: 'finish', finishReason: 'error' }
    for await (const chunk of chunks) {
      if (chunk.type === 'finish') finish = chunk
      else reply.write(chunk)
    }
    if (!isStored) reply.write({ type: 'data-notice', data: { text: notStored } })
    reply.write(finish)
  }

  const startReply = (turn: Turn, request: TurnRequest): ReplyStream => {
    const reply = createReplyStream()
    const cancelled = new AbortController()
    const signal = AbortSignal.any([cancelled.signal, AbortSignal.timeout(chatLimits.turnMs)])
    const over = generate(turn, request, reply, signal)
      .catch(async (error) => {
        log.error('an answer of the chat failed', { correlation_id: request.origin.correlationid, error })
        reply.write({ type: 'text-start', id: 'fault' })
        reply.write({ type: 'text-delta', id: 'fault', delta: ourFault })
        reply.write({ type: 'text-end', id: 'fault' })
        reply.write({ type: 'finish', finishReason: 'error' })
        await abandonTurn(db, turn, clock.now()).catch(() => {})
      })
      .finally(async () => {
        if (turn.tokens)
          await settleTokens(db, turn.tokens).catch((error) =>
            log.warn('tokens that a reply did not use count until tomorrow', { error }),
          )
        running.delete(turn.conversation.id)
        reply.end()
      })
    running.set(turn.conversation.id, { reply, cancelled, over })
    return reply
  }

  /** The reply to a request that is repeated with its Idempotency-Key. */
  const replayReply = async (user_id: string, conversation_id: string, turn_id: string): Promise<ReplyStream> => {
    const conversation = await findConversation(db, user_id, conversation_id)
    const here = running.get(conversation_id)
    if (here && conversation.turn_id === turn_id) return here.reply
    if (conversation.turn_id === turn_id && isRunning(conversation, clock.now())) {
      throw new Problem('in-progress', 'the answer is being made; look at the conversation', {
        headers: { 'retry-after': '2' },
      })
    }
    const { messages } = await chatMemory.read(conversation_id)
    const actions = await actionsOf(db, user_id, conversation_id)
    const message = currentMessages(messages, conversation, actions, clock.now()).find(({ id }) => id === turn_id)
    if (!message) throw new Problem('not-found', 'the answer is not remembered any more')
    const reply = createReplyStream()
    for (const chunk of chunksOf(message)) reply.write(chunk)
    reply.end()
    return reply
  }

  return {
    send: async (request) => {
      const { conversation_id, turn_id, turn } = await beginTurn(deps, request)
      const reply = turn ? startReply(turn, request) : await replayReply(request.user.user_id, conversation_id, turn_id)
      return { conversation_id, stream: reply.read() }
    },
    follow: (conversation_id) => running.get(conversation_id)?.reply.read(),
    cancel: (conversation_id) =>
      running.get(conversation_id)?.cancelled.abort(new TurnCancelled('the conversation is deleted')),
    loop: {
      ...upkeep,
      stop: async () => {
        for (const { cancelled } of running.values()) cancelled.abort(new TurnCancelled('the service stops'))
        await Promise.all([...[...running.values()].map(({ over }) => over), upkeep.stop()])
      },
    },
  }
}
