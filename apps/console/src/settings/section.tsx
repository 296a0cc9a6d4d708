import type { ReactNode } from 'react'

/** A part of the settings. */
export const Section = ({ title, about, children }: { title: string; about?: string; children: ReactNode }) => (
  <section className="card flex flex-col gap-4 p-5">
    <div>
      <h2 className="text-lg font-semibold">{title}</h2>
      {about && <p className="text-sm text-muted">{about}</p>}
    </div>
    {children}
  </section>
)
