import { useInfiniteQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ScrollText } from 'lucide-react'
import { useAccount } from '../../account/use-account.ts'
import { api, bodyOf } from '../../api/api.ts'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { instantOf } from '../../time/zone.ts'
import { OperationsPage } from '../operations-page.tsx'
import { Part } from '../part.tsx'
import { useReadings } from '../use-readings.ts'
import type { AuditFilter } from './audit-filter.ts'
import { AuditFilters } from './audit-filters.tsx'
import { AuditRecords } from './audit-records.tsx'
import { ChainPart } from './chain-part.tsx'

const readChain = (signal: AbortSignal) => bodyOf(api.GET('/admin/audit/chain', { signal }))

/** Every event that was ever recorded, and whether the record can be trusted. */
export const AuditPage = () => {
  const filter = useSearch({ from: '/app/operations/audit' })
  const navigate = useNavigate({ from: '/operations/audit' })
  const { time_zone: zone } = useAccount()
  const chain = useReadings(['chain'], readChain, { every: 5_000 })
  const query = { user_id: 'all', ...filter, ...timesOf(filter, zone) }
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['operations', 'audit', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      bodyOf(api.GET('/audit', { params: { query: { ...query, limit: 50, cursor } }, signal })),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    // Each search is recorded in the audit log.
    staleTime: 10_000,
    retry: false,
  })
  const records = data?.pages.flatMap((page) => page.data) ?? []
  return (
    <OperationsPage
      title="Audit"
      about="Everything that happened, of all users, for good. What you ask for here is recorded too."
      error={error ?? chain.error}
      measuredAt={chain.measuredAt}
    >
      {chain.latest && <ChainPart chain={chain.latest} />}
      <Part title="Records" about={`Newest first. Times are those of ${zone}.`}>
        <AuditFilters
          filter={filter}
          narrow={(change) => void navigate({ search: (now) => ({ ...now, ...change }), replace: true })}
        />
        {data && records.length === 0 ? (
          <EmptyState icon={<ScrollText size={22} />} title="No record fits">
            A record stays for good. Make the search wider: no record is hidden from you but for what was erased with an
            account.
          </EmptyState>
        ) : (
          <AuditRecords records={records} zone={zone} />
        )}
        {hasNextPage && (
          <Button className="self-start" disabled={isFetching} onClick={() => void fetchNextPage()}>
            Older
          </Button>
        )}
      </Part>
    </OperationsPage>
  )
}

const timesOf = ({ from, to }: AuditFilter, zone: string) =>
  Object.fromEntries(
    Object.entries({ from, to }).flatMap(([name, local]) => {
      const instant = local === undefined ? Number.NaN : instantOf(local, zone)
      return [[name, Number.isNaN(instant) ? undefined : new Date(instant).toISOString()]]
    }),
  )
