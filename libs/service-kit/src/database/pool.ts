import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Log } from '../log.ts'

/** Reads outside a transaction; `$client` is the pool. */
export type Database = NodePgDatabase & { $client: pg.Pool }

/**
 * A service's pool. No statement runs longer than 10 s and no transaction is left open longer than 30 s, so that a
 * stuck handler cannot hold locks that others wait for.
 */
export const createPool = (options: { databaseUrl: string; size: number; application: string; log: Log }): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.size,
    application_name: options.application,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
  })
  // Without a listener, a broken connection would end the process. The pool reports idle ones; one in use has its own
  // listener, and the next query on it fails.
  pool.on('error', (error) => options.log.warn('an idle database connection was lost', { error }))
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

export const createDatabase = (pool: pg.Pool): Database => drizzle(pool)
