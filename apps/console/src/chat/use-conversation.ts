import { useChat } from '@ai-sdk/react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { api, bodyOf } from '../api/api.ts'
import type { ChatAction, ChatMessage, UndoneAction } from '../api/openapi.d.ts'
import { ApiProblem, isPassing } from '../api/problems.ts'
import { ChatTransport } from './transport.ts'

export type Verb = 'confirm' | 'cancel' | 'undo'
export type Decided = ChatAction & Partial<Pick<UndoneAction, 'undone'>>

const pollsEvery = 1_500

/**
 * A conversation, from what is stored of it on. An answer goes on at the service whatever becomes of the connection, so
 * whenever its end was not heard here (a reload, a lost connection, Stop) it is listened to again or, when that cannot be,
 * looked at until it is stored.
 */
export const useConversation = (
  stored: { id?: string | undefined; messages: ChatMessage[]; is_running: boolean },
  onBegun: (id: string) => void,
) => {
  const heard = useRef({ id: stored.id, hasArrived: false, hasEnded: false })
  const gone = useRef<AbortController>(undefined)
  const [isBusy, setBusy] = useState(stored.is_running)
  const [lost, setLost] = useState<unknown>()
  const [decided, setDecided] = useState<ReadonlyMap<string, Decided>>(new Map())
  const transport = useMemo(
    () =>
      new ChatTransport({
        id: () => heard.current.id,
        begun: (id) => {
          Object.assign(heard.current, { id, hasArrived: true })
          onBegun(id)
        },
      }),
    [onBegun],
  )
  const chat = useChat<ChatMessage>({
    transport,
    messages: stored.messages,
    throttle: 50,
    // An answer that is heard to its end says how it ended; a connection may be cut without a word.
    onFinish: ({ finishReason }) => {
      heard.current.hasEnded = finishReason !== undefined
    },
  })
  const { status, error, setMessages, sendMessage, regenerate, resumeStream, clearError, stop } = chat

  /** Looks at the conversation until nothing is being answered in it. */
  const catchUp = async () => {
    const signal = gone.current?.signal
    try {
      while (!signal?.aborted) {
        const path = { id: heard.current.id ?? '' }
        const now = await bodyOf(api.GET('/chat/conversations/{id}', { params: { path } })).catch((problem) => {
          if (!isPassing(problem)) throw problem
        })
        if (now?.is_running === false) {
          clearError()
          setDecided(new Map())
          setMessages(now.messages)
          return
        }
        await new Promise((resolve) => setTimeout(resolve, pollsEvery))
      }
    } catch (problem) {
      setLost(problem)
    }
  }

  const listen = async (work: () => Promise<void>, hasArrived = false) => {
    Object.assign(heard.current, { hasArrived, hasEnded: false })
    setBusy(true)
    setLost(undefined)
    try {
      await work()
      const { hasArrived: isThere, hasEnded } = heard.current
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

  // A browser may hold a dead connection for minutes.
  useEffect(() => {
    if (!isBusy) return
    const cut = () => heard.current.hasArrived && void stop()
    window.addEventListener('offline', cut)
    return () => window.removeEventListener('offline', cut)
  }, [isBusy, stop])

  const keep = (actions: Decided[]) =>
    setDecided((now) => new Map([...now, ...actions.map((action) => [action.id, action] as const)]))

  return {
    messages: chat.messages,
    isBusy,
    /** It is heard as it comes, and can be stopped. */
    isStreaming: status === 'streaming',
    problem: lost ?? error,
    /** What became of actions that were decided here. */
    decided,
    say: (text: string) => void listen(() => sendMessage({ text })),
    sayAgain: () => void (heard.current.hasArrived ? listen(resumeStream, true) : listen(regenerate)),
    stop: () => void stop(),
    /** Throws what was refused; then the actions are shown as they are. */
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
