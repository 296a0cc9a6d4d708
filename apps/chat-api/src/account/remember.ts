import type { Clock } from '@taskflow/service-kit'
import { LRUCache } from 'lru-cache'

/** How long a replica trusts what it last read of a session or an API token. */
const seconds = 10

/**
 * Caches what was found for 10 s, so that most requests need no query. What another replica ended may be found that
 * much longer; what this one ended, it forgets at once.
 */
export const remember = <Found extends object>(clock: Clock, find: (key: string) => Promise<Found | undefined>) => {
  const known = new LRUCache<string, { found: Found; until: number }>({ max: 10_000 })
  return {
    find: async (key: string): Promise<Found | undefined> => {
      const now = clock.now().epochMilliseconds
      const last = known.get(key)
      if (last && now < last.until) return last.found
      const found = await find(key)
      if (found) known.set(key, { found, until: now + seconds * 1_000 })
      else known.delete(key)
      return found
    },
    forget: (key: string): void => void known.delete(key),
  }
}
