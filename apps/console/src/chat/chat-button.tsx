import { MessageCircle } from 'lucide-react'
import { keepChatState, useChatState } from './chat-state.ts'

export const fieldId = 'chat-message'
export const chatButtonId = 'chat-button'

/** Opens and closes the chat. `className` is that of its neighbours in the navigation. */
export const ChatButton = ({ className }: { className: string }) => {
  const { isOpen } = useChatState()
  return (
    <button
      type="button"
      id={chatButtonId}
      aria-expanded={isOpen}
      aria-keyshortcuts="c"
      onClick={() => keepChatState({ isOpen: !isOpen })}
      className={`w-full aria-expanded:text-accent ${className}`}
    >
      <MessageCircle size={18} aria-hidden className="shrink-0" />
      <span className="max-w-full truncate">Chat</span>
    </button>
  )
}
