import { X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { useChatState } from '../chat/chat-state.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { isCovered } from '../components/is-covered.ts'
import { useMedia } from '../components/use-media.ts'
import { sidePanelId } from './places.ts'

/**
 * A panel beside the page: a column on the right where there is room, otherwise a dialog over it. A page has one at a
 * time.
 */
export const SidePanel = ({
  title,
  onClose,
  children,
}: {
  title: string
  onClose: () => void
  children: ReactNode
}) => {
  const { isOpen: isChatOpen } = useChatState()
  const hasRoom = useMedia(isChatOpen ? '(min-width: 100rem)' : '(min-width: 75rem)')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const place = document.getElementById(sidePanelId)
  if (!hasRoom || !place) {
    return (
      <Dialog title={title} place="side" onClose={onClose}>
        {children}
      </Dialog>
    )
  }
  return createPortal(
    <aside
      aria-label={title}
      className="h-full w-[26rem] overflow-y-auto border-l border-line bg-surface"
      onKeyDown={(event) => event.key === 'Escape' && !event.defaultPrevented && !isCovered() && onClose()}
    >
      <div className="flex items-center justify-between px-5 pt-4 pb-1">
        <h2 ref={heading} tabIndex={-1} className="text-lg font-semibold outline-none">
          {title}
        </h2>
        <Button look="quiet" isIcon aria-label="Close" onClick={onClose}>
          <X size={18} aria-hidden />
        </Button>
      </div>
      <div className="px-5 pt-2 pb-6">{children}</div>
    </aside>,
    place,
  )
}
