import { lazy, Suspense } from 'react'
import { useKeys } from '../tasks/use-keys.ts'
import { fieldId } from './chat-button.tsx'
import { keepChatState, useChatState } from './chat-state.ts'

const ChatPanel = lazy(() => import('./chat-panel.tsx').then(({ ChatPanel }) => ({ default: ChatPanel })))

/** The place of the chat; its code is loaded when it is opened. */
export const ChatPlace = () => {
  const { isOpen } = useChatState()
  useKeys([['c', () => (isOpen ? document.getElementById(fieldId)?.focus() : keepChatState({ isOpen: true }))]])
  return <Suspense>{isOpen && <ChatPanel />}</Suspense>
}
