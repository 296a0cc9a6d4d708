import type pg from 'pg'
import type { Clock } from '../clock.ts'

/** Milliseconds without a free connection after which the pool is stuck: every statement ends within 12 s. */
const stuckAfter = 60_000

/**
 * Returns what is wrong when every connection has been in use for a minute: something holds them and does not give them
 * back, and only a restart helps. A database that is away is not that.
 */
export const watchPool = (pool: pg.Pool, clock: Clock): (() => string | undefined) => {
  const now = () => clock.now().epochMilliseconds
  const used = new Set<pg.PoolClient>()
  let lastFree = now()
  pool.on('acquire', (client) => {
    used.add(client)
    if (used.size < pool.options.max) lastFree = now()
  })
  const giveBack = (client: pg.PoolClient) => {
    if (used.delete(client)) lastFree = now()
  }
  pool.on('release', (_error, client) => giveBack(client))
  pool.on('remove', giveBack)
  return () => {
    const milliseconds = now() - lastFree
    if (used.size < pool.options.max || milliseconds < stuckAfter) return undefined
    return `all ${used.size} connections have been in use for ${Math.round(milliseconds / 1_000)} s`
  }
}
