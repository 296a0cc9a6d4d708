import { useInfiniteQuery } from '@tanstack/react-query'
import { api, queryOf } from '../api/api.ts'
import type { Page, Task } from '../api/types.ts'
import { filterQuery, type TaskFilter } from './task-filter.ts'
import { taskStore } from './task-store.ts'

/** Reads completed tasks into the page's tasks, newest first, as far as somebody looks. */
export const useDone = (filter: TaskFilter, isWanted: boolean) => {
  const wanted = filterQuery(filter)
  const { hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['done', wanted],
    enabled: isWanted,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const query = queryOf({ state: 'completed', sort: '-updated_at', limit: 100, cursor, ...wanted })
      const page = await api.get<Page<Task>>(`/tasks${query}`, { signal })
      taskStore.apply(page.data)
      return page.next_cursor
    },
    getNextPageParam: (cursor) => cursor ?? undefined,
  })
  return { hasMore: hasNextPage, isReading: isFetching, more: () => void fetchNextPage() }
}
