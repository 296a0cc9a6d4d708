import type { ReactNode } from 'react'

/** Names with their values. What is null is not shown. */
export const Facts = ({ facts }: { facts: Record<string, ReactNode> }) => (
  <dl className="card grid gap-x-6 gap-y-2 p-4 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
    {Object.entries(facts).map(
      ([name, value]) =>
        value != null && (
          <div key={name} className="contents">
            <dt className="text-muted">{name}</dt>
            <dd className="min-w-0 tabular-nums wrap-anywhere max-sm:mb-2">{value}</dd>
          </div>
        ),
    )}
  </dl>
)
