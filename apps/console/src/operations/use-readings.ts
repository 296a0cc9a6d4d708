import { type QueryKey, useQuery } from '@tanstack/react-query'
import { queryClient } from '../api/query-client.ts'

const keptFor = 600_000

export interface Reading<Value> {
  /** When the answer came, in milliseconds. */
  at: number
  value: Value
}

/**
 * Asks for a state again and again while the page can be seen. For charts and rates the last answers are kept (`keep`), also
 * while another page of the console is looked at.
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
    // What is wrong is said at once; it is asked again anyway.
    retry: false,
    structuralSharing: false,
  })
  const readings = data ?? []
  return { readings, latest: readings.at(-1)?.value, error, measuredAt: dataUpdatedAt, refetch }
}
