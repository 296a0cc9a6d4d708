import { useInfiniteQuery } from '@tanstack/react-query'
import { api, bodyOf } from '../api/api.ts'
import { filterQuery, type TaskFilter } from './task-filter.ts'
import { taskStore } from './task-store.ts'

/** Loads completed tasks into the task store, newest first, page by page as the person asks for more. */
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
