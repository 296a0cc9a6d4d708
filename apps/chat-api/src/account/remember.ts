import type { Clock } from '@taskflow/service-kit'
import { LRUCache } from 'lru-cache'

/** How long a replica goes by what it last saw of a session or an API token. */
const seconds = 10

/**
 * Looks things up and remembers what was found for 10 s, so that requests need no query of their own. What another
 * replica ended may be found that much longer; what this one ended, it forgets.
 */
export const remember = <Found extends object>(clock: Clock, look: (key: string) => Promise<Found | undefined>) => {
  const known = new LRUCache<string, { found: Found; until: number }>({ max: 10_000 })
  return {
    find: async (key: string): Promise<Found | undefined> => {
      const now = clock.now().epochMilliseconds
      const last = known.get(key)
      if (last && now < last.until) return last.found
      const found = await look(key)
      if (found) known.set(key, { found, until: now + seconds * 1_000 })
      else known.delete(key)
      return found
    },
    forget: (key: string): void => void known.delete(key),
  }
}
