import { useInfiniteQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import { describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { Page } from '../components/page.tsx'
import { ActivityItem } from './activity-item.tsx'

/** Sign-ins and changes of the account, newest first, so that people notice what they did not do. */
export const AccountActivityPage = () => {
  const { time_zone: zone, locale } = useAccount()
  const { data, error, hasNextPage, fetchNextPage, isFetching, refetch } = useInfiniteQuery({
    queryKey: ['account-activity'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      bodyOf(api.GET('/audit', { params: { query: { about: 'account', limit: 30, cursor } }, signal })),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
    staleTime: 0,
  })
  const records = data?.pages.flatMap((page) => page.data)
  return (
    <Page
      title="Account activity"
      actions={
        <Button disabled={isFetching} onClick={() => void refetch()}>
          Refresh
        </Button>
      }
    >
      <p className="text-muted">
        Sign-ins and changes of your account. If something was not you, change your password and revoke the API tokens
        that you do not know.
      </p>
      {error && (
        <p role="alert" className="text-danger">
          {describeError(error)}
        </p>
      )}
      {records?.length === 0 && (
        <EmptyState icon={<ShieldCheck size={22} />} title="Nothing recorded yet">
          Sign-ins and changes appear here a moment after they happen.
        </EmptyState>
      )}
      {records && records.length > 0 && (
        <ol aria-label="Activity" className="card flex flex-col divide-y divide-line">
          {records.map((record) => (
            <ActivityItem key={record.event_id} record={record} zone={zone} locale={locale} />
          ))}
        </ol>
      )}
      {hasNextPage && (
        <Button className="self-start" disabled={isFetching} onClick={() => void fetchNextPage()}>
          Older
        </Button>
      )}
    </Page>
  )
}
