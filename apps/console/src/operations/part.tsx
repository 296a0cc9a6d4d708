import type { ReactNode } from 'react'

/** A part of a page, under a heading. */
export const Part = ({
  title,
  about,
  actions,
  children,
}: {
  title: string
  about?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) => (
  <section className="flex min-w-0 flex-col gap-3">
    <div className="flex flex-wrap items-end justify-between gap-3">
      <div className="min-w-0">
        <h2 className="text-lg font-semibold wrap-anywhere">{title}</h2>
        {about && <p className="max-w-prose text-sm text-muted">{about}</p>}
      </div>
      {actions}
    </div>
    {children}
  </section>
)
