import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'

interface Properties {
  title: string
  description?: string
  /** `side`: along the right edge, the height of the window. */
  place?: 'middle' | 'side'
  onClose: () => void
  children: ReactNode
}

const places = {
  middle:
    'top-1/2 left-1/2 max-h-[calc(100dvh-2rem)] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 -translate-y-1/2 rounded-2xl',
  side: 'inset-y-0 right-0 w-[min(28rem,100vw)]',
}

/** A modal dialog. */
export const Dialog = ({ title, description, place = 'middle', onClose, children }: Properties) => (
  <Base.Root open onOpenChange={(open) => !open && onClose()}>
    <Base.Portal>
      <Base.Backdrop className="fixed inset-0 z-30 bg-scrim" />
      <Base.Popup
        className={`fixed z-40 flex flex-col overflow-y-auto overscroll-contain border border-line bg-surface shadow-xl ${places[place]}`}
      >
        <div className="flex items-center justify-between gap-4 px-5 pt-4 pb-1">
          <Base.Title className="text-lg font-semibold">{title}</Base.Title>
          <Base.Close
            aria-label="Close"
            className="grid size-9 shrink-0 place-items-center rounded-lg text-muted hover:bg-sunken"
          >
            <X size={18} aria-hidden />
          </Base.Close>
        </div>
        {description && <Base.Description className="px-5 text-sm text-muted">{description}</Base.Description>}
        <div className="px-5 pt-2 pb-5">{children}</div>
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
)
