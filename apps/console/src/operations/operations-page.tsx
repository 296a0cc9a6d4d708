import type { ReactNode } from 'react'
import { useAccount } from '../account/use-account.ts'
import { describeError } from '../api/problems.ts'
import { writeClock } from './write.ts'

/** A page of the operations: its heading, when its figures were measured, and errors. */
export const OperationsPage = ({
  title,
  about,
  actions,
  measuredAt,
  error,
  unreachable = [],
  children,
}: {
  title: string
  about?: ReactNode
  actions?: ReactNode
  measuredAt?: number
  error?: unknown
  unreachable?: string[]
  children: ReactNode
}) => {
  const { time_zone: zone } = useAccount()
  return (
    <div className="flex flex-col gap-6">
      <title>{`${title} · Operations · TaskFlow`}</title>
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 flex-col gap-1">
          <h1 className="text-2xl font-semibold tracking-tight wrap-anywhere">{title}</h1>
          {about && <p className="max-w-prose text-sm text-muted">{about}</p>}
        </div>
        <div className="flex flex-wrap items-center gap-3">
          {measuredAt === 0 && error == null && <p className="text-sm text-muted">Asking …</p>}
          {measuredAt !== undefined && measuredAt > 0 && (
            <p className="text-sm text-muted">
              Measured <time className="tabular-nums">{writeClock(measuredAt, zone)}</time>
            </p>
          )}
          {actions}
        </div>
      </div>
      {error != null && (
        <Trouble>
          {describeError(error)} {measuredAt ? 'Shown is what was measured last; it is asked again.' : ''}
        </Trouble>
      )}
      {unreachable.length > 0 && (
        <Trouble>
          {unreachable.join(', ')} did not answer: what {unreachable.length === 1 ? 'it knows' : 'they know'} is missing
          here.
        </Trouble>
      )}
      {children}
    </div>
  )
}

/** A warning. */
export const Trouble = ({ children }: { children: ReactNode }) => (
  <p role="status" className="rounded-xl bg-danger-soft px-4 py-3 text-sm text-danger wrap-anywhere">
    {children}
  </p>
)
