import { QueryClient } from '@tanstack/react-query'
import { isPassing } from './problems.ts'

const retry = (failures: number, error: unknown) => isPassing(error) && failures < 3

/** What was asked is fresh until a live event says otherwise; see src/live. */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry, staleTime: 30_000, refetchOnWindowFocus: false } },
})

const longestWait = 15_000

/**
 * Carries a change out, one after the other in the order they were made. Without a connection it waits until there is one;
 * so `work` must be one that may be repeated. Throws what the interface refused.
 */
export const carryOut = <Result>(work: () => Promise<Result>): Promise<Result> =>
  queryClient
    .getMutationCache()
    .build<Result, Error, void, unknown>(queryClient, {
      mutationFn: work,
      scope: { id: 'changes' },
      retry: (_failures, error) => isPassing(error),
      retryDelay: (failures) => Math.min(500 * 2 ** failures, longestWait),
    })
    .execute()
