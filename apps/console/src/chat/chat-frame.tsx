import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from '../components/button.tsx'
import { isCovered } from '../components/is-covered.ts'
import { useMedia } from '../components/use-media.ts'
import { chatButtonId, fieldId } from './chat-button.tsx'

/** A window this wide has room for a column beside the page. */
export const besideChat = '(min-width: 75rem)'

const field = () => document.getElementById(fieldId)

/** The frame of the chat: a column beside the page where there is room, otherwise a dialog over it. */
export const ChatFrame = ({
  title,
  actions,
  onClose,
  children,
}: {
  title: string
  actions: ReactNode
  onClose: () => void
  children: ReactNode
}) => {
  const isBeside = useMedia(besideChat)
  const close = () => {
    onClose()
    document.getElementById(chatButtonId)?.focus()
  }
  const head = (heading: ReactNode) => (
    <div className="flex items-center gap-1 border-b border-line py-2 pr-2 pl-5">
      {heading}
      {actions}
      <Button look="quiet" isIcon aria-label="Close the chat" onClick={close}>
        <X size={18} aria-hidden />
      </Button>
    </div>
  )
  const heading = 'min-w-0 flex-1 truncate text-lg font-semibold'
  if (isBeside) {
    return (
      <aside
        aria-label="Chat"
        className="flex min-h-0 w-[26rem] shrink-0 flex-col border-l border-line bg-surface"
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.defaultPrevented || isCovered()) return
          event.preventDefault()
          close()
        }}
      >
        {head(<h2 className={heading}>{title}</h2>)}
        {children}
      </aside>
    )
  }
  return (
    <Base.Root open onOpenChange={(open) => !open && close()}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 z-30 bg-scrim" />
        <Base.Popup
          initialFocus={() => field() ?? true}
          className="fixed inset-y-0 right-0 z-40 flex w-[min(28rem,100vw)] flex-col border-l border-line bg-surface shadow-xl"
        >
          {head(<Base.Title className={heading}>{title}</Base.Title>)}
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
