import { type QueryKey, useQuery } from '@tanstack/react-query'
import { queryClient } from '../api/query-client.ts'

const keptFor = 600_000

export interface Reading<Value> {
  /** When it was read, in milliseconds. */
  at: number
  value: Value
}

/**
 * Polls a state while the page is visible. For charts and rates the last `keep` readings are kept, also while another
 * page of the console is open.
 */
export const useReadings = <Value>(
  name: QueryKey,
  read: (signal: AbortSignal) => Promise<Value>,
  { every = 3_000, keep = 1 } = {},
) => {
  const queryKey = ['operations', ...name]
  const { data, error, dataUpdatedAt, refetch } = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<Reading<Value>[]> => {
      const value = await read(signal)
      const before = queryClient.getQueryData<Reading<Value>[]>(queryKey) ?? []
      return [...before, { at: Date.now(), value }].slice(-keep)
    },
    refetchInterval: every,
    refetchOnWindowFocus: true,
    staleTime: 0,
    gcTime: keptFor,
    // An error is shown at once; the next poll follows anyway.
    retry: false,
    structuralSharing: false,
  })
  const readings = data ?? []
  return { readings, latest: readings.at(-1)?.value, error, measuredAt: dataUpdatedAt, refetch }
}
