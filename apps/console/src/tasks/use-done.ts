import { useInfiniteQuery } from '@tanstack/react-query'
import { api, bodyOf } from '../api/api.ts'
import { filterQuery, type TaskFilter } from './task-filter.ts'
import { taskStore } from './task-store.ts'

/** Reads completed tasks into the page's tasks, newest first, as far as somebody looks. */
export const useDone = (filter: TaskFilter, isWanted: boolean) => {
  const wanted = filterQuery(filter)
  const { hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['tasks', 'done', wanted],
    enabled: isWanted,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam: cursor, signal }) => {
      const query = { state: 'completed', sort: '-updated_at', limit: 100, cursor, ...wanted } as const
      const page = await bodyOf(api.GET('/tasks', { params: { query }, signal }))
      taskStore.apply(page.data)
      return page.next_cursor
    },
    getNextPageParam: (cursor) => cursor ?? undefined,
  })
  return { hasMore: hasNextPage, isReading: isFetching, more: () => void fetchNextPage() }
}
