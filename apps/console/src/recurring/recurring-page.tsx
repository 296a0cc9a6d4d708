import { useInfiniteQuery } from '@tanstack/react-query'
import { Plus, Repeat } from 'lucide-react'
import { useState } from 'react'
import { useAccount } from '../account/use-account.ts'
import { api, bodyOf } from '../api/api.ts'
import type { RecurringTask } from '../api/openapi.d.ts'
import { describeError } from '../api/problems.ts'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { Page } from '../components/page.tsx'
import { RecurringDialog } from './recurring-dialog.tsx'
import { RecurringItem } from './recurring-item.tsx'

/** The recurring tasks: rules, and what each task that is made of them looks like. */
export const RecurringPage = () => {
  const { time_zone: zone, locale } = useAccount()
  const [edited, edit] = useState<RecurringTask | 'new'>()
  const { data, error, hasNextPage, fetchNextPage } = useInfiniteQuery({
    queryKey: ['recurring', 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor, signal }) =>
      bodyOf(api.GET('/recurring-tasks', { params: { query: { limit: 100, cursor } }, signal })),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  })
  const all = data?.pages.flatMap((page) => page.data)
  return (
    <Page
      title="Recurring tasks"
      actions={
        <Button look="primary" onClick={() => edit('new')}>
          <Plus size={16} aria-hidden /> New
        </Button>
      }
    >
      {error && <p className="text-danger">{describeError(error)}</p>}
      {all?.length === 0 && (
        <EmptyState icon={<Repeat size={22} />} title="Nothing repeats yet">
          What you do again and again is written down once: “water plants every 3 days” as a task, or with New when its
          first date is still to come.
        </EmptyState>
      )}
      {all && all.length > 0 && (
        <ul className="flex flex-col gap-3">
          {all.map((recurring) => (
            <RecurringItem
              key={recurring.id}
              recurring={recurring}
              zone={zone}
              locale={locale}
              onEdit={() => edit(recurring)}
            />
          ))}
        </ul>
      )}
      {hasNextPage && <Button onClick={() => void fetchNextPage()}>Show more</Button>}
      {edited !== undefined && (
        <RecurringDialog recurring={edited === 'new' ? undefined : edited} onClose={() => edit(undefined)} />
      )}
    </Page>
  )
}
