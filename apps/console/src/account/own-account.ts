import { useQuery } from '@tanstack/react-query'
import { api, bodyOf } from '../api/api.ts'

export const ownAccountKey = ['me']

/** The account as the API knows it: whether its address is confirmed, perhaps in another tab meanwhile. */
export const useOwnAccount = () =>
  useQuery({
    queryKey: ownAccountKey,
    queryFn: ({ signal }) => bodyOf(api.GET('/auth/me', { signal })),
    refetchOnWindowFocus: true,
  }).data
