import type { ReactNode } from 'react'

/** A key of the keyboard. */
export const Key = ({ children }: { children: ReactNode }) => (
  <kbd className="inline-grid min-w-6 place-items-center rounded-md border border-line bg-sunken px-1.5 font-sans text-xs text-muted">
    {children}
  </kbd>
)
