import { useSyncExternalStore } from 'react'
import { readSession } from '../account/session.ts'

/** What a reload restores of the chat, for this tab and person. */
interface ChatState {
  isOpen: boolean
  conversation_id?: string | undefined
}

const listeners = new Set<() => void>()
let read: { text: string | null; state: ChatState } = { text: null, state: { isOpen: false } }

const key = () => `taskflow.chat.${readSession()?.user.id}`

/** The same object until it changes. */
export const readChatState = (): ChatState => {
  const text = sessionStorage.getItem(key())
  if (text !== read.text) read = { text, state: text === null ? { isOpen: false } : JSON.parse(text) }
  return read.state
}

export const keepChatState = (change: Partial<ChatState>): void => {
  sessionStorage.setItem(key(), JSON.stringify({ ...readChatState(), ...change }))
  for (const listener of listeners) listener()
}

const watch = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export const useChatState = (): ChatState => useSyncExternalStore(watch, readChatState)
