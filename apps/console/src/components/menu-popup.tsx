import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'

/** A menu that is open from the start. */
export const MenuPopup = ({ trigger, children }: { trigger: ReactElement; children: ReactNode }) => (
  <Base.Root modal={false} defaultOpen>
    <Base.Trigger render={trigger} />
    <Base.Portal>
      <Base.Positioner sideOffset={4} align="end" className="z-50">
        <Base.Popup className="card max-h-(--available-height) min-w-48 overflow-y-auto p-1.5 shadow-lg outline-none">
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
)

export const MenuItem = ({
  onClick,
  icon,
  hint,
  isDanger,
  children,
}: {
  onClick: () => void
  icon?: ReactNode
  hint?: string
  isDanger?: boolean
  children: ReactNode
}) => (
  <Base.Item
    onClick={onClick}
    className={`flex min-h-9 cursor-pointer items-center gap-2.5 rounded-lg px-2.5 text-sm outline-none select-none data-highlighted:bg-sunken ${isDanger ? 'text-danger' : ''}`}
  >
    {icon}
    <span className="flex-1">{children}</span>
    {hint && <span className="text-xs text-muted">{hint}</span>}
  </Base.Item>
)
