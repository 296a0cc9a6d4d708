import type { ReactNode } from 'react'

/** Shown instead of an empty list: what belongs here and how to add the first one. */
export const EmptyState = ({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }) => (
  <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-4 py-14 text-center">
    <span className="mb-2 grid size-12 place-items-center rounded-2xl bg-accent-soft text-accent" aria-hidden>
      {icon}
    </span>
    <p className="text-lg font-semibold">{title}</p>
    <div className="text-muted">{children}</div>
  </div>
)
