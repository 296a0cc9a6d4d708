import { QueryClient } from '@tanstack/react-query'
import { isTemporary } from './problems.ts'

const retry = (failures: number, error: unknown) => isTemporary(error) && failures < 3

/** Live events invalidate what has changed (src/live). */
export const queryClient = new QueryClient({
  defaultOptions: { queries: { retry, staleTime: 30_000, refetchOnWindowFocus: false } },
})

const maxDelay = 15_000

/**
 * Sends changes one after the other, in the order they were made. Without a connection a change waits and is sent
 * again, so `work` must be safe to repeat. Throws what the API refused.
 */
export const carryOut = <Result>(work: () => Promise<Result>): Promise<Result> =>
  queryClient
    .getMutationCache()
    .build<Result, Error, void, unknown>(queryClient, {
      mutationFn: work,
      scope: { id: 'changes' },
      retry: (_failures, error) => isTemporary(error),
      retryDelay: (failures) => Math.min(500 * 2 ** failures, maxDelay),
    })
    .execute()
