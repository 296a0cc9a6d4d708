import { useChat } from '@ai-sdk/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import type { ChatAction, ChatMessage, UndoneAction } from '../api/openapi.d.ts'
import { ApiProblem, isTemporary } from '../api/problems.ts'
import { ChatTransport } from './transport.ts'

export type Verb = 'confirm' | 'cancel' | 'undo'
export type Decided = ChatAction & Partial<Pick<UndoneAction, 'undone'>>

const pollEvery = 1_500

/**
 * A conversation, beginning with what is stored of it. chat-api finishes an answer whatever happens to the connection,
 * so when its end did not arrive here (a reload, a lost connection, Stop) the stream is resumed or, when that is not
 * possible, the conversation is polled until the answer is stored.
 */
export const useConversation = (
  stored: { id?: string | undefined; messages: ChatMessage[]; is_running: boolean },
  onBegun: (id: string) => void,
) => {
  const turn = useRef({ id: stored.id, hasArrived: false, hasEnded: false })
  const gone = useRef<AbortController>(undefined)
  const [isBusy, setBusy] = useState(stored.is_running)
  const [lost, setLost] = useState<unknown>()
  const [decided, setDecided] = useState<ReadonlyMap<string, Decided>>(new Map())
  const transport = useMemo(
    () =>
      new ChatTransport({
        id: () => turn.current.id,
        onBegun: (id) => {
          Object.assign(turn.current, { id, hasArrived: true })
          onBegun(id)
        },
      }),
    [onBegun],
  )
  const chat = useChat<ChatMessage>({
    transport,
    messages: stored.messages,
    throttle: 50,
    // A complete answer says how it ended; a connection may be cut without that.
    onFinish: ({ finishReason }) => {
      turn.current.hasEnded = finishReason !== undefined
    },
  })
  const { status, error, setMessages, sendMessage, regenerate, resumeStream, clearError, stop } = chat

  /** Polls the conversation until no answer is being made in it. */
  const catchUp = async () => {
    const signal = gone.current?.signal
    try {
      while (!signal?.aborted) {
        const path = { id: turn.current.id ?? '' }
        const now = await bodyOf(api.GET('/chat/conversations/{id}', { params: { path } })).catch((problem) => {
          if (!isTemporary(problem)) throw problem
        })
        if (now?.is_running === false) {
          clearError()
          setDecided(new Map())
          setMessages(now.messages)
          return
        }
        await new Promise((resolve) => setTimeout(resolve, pollEvery))
      }
    } catch (problem) {
      setLost(problem)
    }
  }

  const listen = async (work: () => Promise<void>, hasArrived = false) => {
    Object.assign(turn.current, { hasArrived, hasEnded: false })
    setBusy(true)
    setLost(undefined)
    try {
      await work()
      const { hasArrived: isThere, hasEnded } = turn.current
      if (isThere && !hasEnded && !gone.current?.signal.aborted) await catchUp()
    } finally {
      setBusy(false)
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the conversation is opened
  useEffect(() => {
    gone.current = new AbortController()
    if (stored.is_running) void listen(resumeStream, true)
    return () => gone.current?.abort()
  }, [])

  // A browser may keep a dead connection for minutes.
  useEffect(() => {
    if (!isBusy) return
    const cut = () => turn.current.hasArrived && void stop()
    window.addEventListener('offline', cut)
    return () => window.removeEventListener('offline', cut)
  }, [isBusy, stop])

  const keep = (actions: Decided[]) =>
    setDecided((now) => new Map([...now, ...actions.map((action) => [action.id, action] as const)]))

  return {
    messages: chat.messages,
    isBusy,
    /** The answer is arriving, and can be stopped. */
    isStreaming: status === 'streaming',
    problem: lost ?? error,
    /** The actions that were decided here, as they are now. */
    decided,
    say: (text: string) => void listen(() => sendMessage({ text })),
    sayAgain: () => void (turn.current.hasArrived ? listen(resumeStream, true) : listen(regenerate)),
    stop: () => void stop(),
    /** Confirms, cancels or undoes an action. When that is refused it throws, after reading the actions again. */
    decide: async ({ id, conversation_id }: ChatAction, verb: Verb): Promise<void> => {
      try {
        keep([await bodyOf(api.POST(`/chat/actions/{id}/${verb}`, { params: { path: { id } } }))])
      } catch (problem) {
        if (problem instanceof ApiProblem) {
          const query = { conversation_id, limit: 100 }
          const actions = bodyOf(api.GET('/chat/actions', { params: { query } }))
          keep((await actions.catch(() => ({ data: [] }))).data)
        }
        throw problem
      }
    },
  }
}

export type Talking = ReturnType<typeof useConversation>
