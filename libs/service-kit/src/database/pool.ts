import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import type { Log } from '../log.ts'
import { isSilence, markOfDatabase } from './failures.ts'

/** Reads outside a transaction; `$client` is the pool. */
export type Database = NodePgDatabase & { $client: pg.Pool }

/** Milliseconds that this side waits for the end of a statement. The server ends it before, unless its host vanished. */
export const answerTimeout = 12_000

/**
 * A service's pool. The server ends a statement after 10 s, a wait for a lock after 5 s and a transaction that stays
 * idle after 30 s, so that a stuck handler cannot hold locks that others wait for. A server that no longer answers costs
 * the connection after 12 s, and with it the idle ones: they lead to the same host.
 */
export const createPool = (options: { databaseUrl: string; size: number; application: string; log: Log }): pg.Pool => {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.size,
    application_name: options.application,
    connectionTimeoutMillis: 5_000,
    query_timeout: answerTimeout,
    statement_timeout: 10_000,
    lock_timeout: 5_000,
    idle_in_transaction_session_timeout: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    Client: OwnClient,
  })
  // Without a listener, a broken connection would end the process. The pool reports idle ones; one in use has its own
  // listener, and the next query on it fails.
  pool.on('error', (error) => options.log.warn('an idle database connection was lost', { error }))
  pool.on('connect', (client) => client.on('error', () => {}))
  dropIdleAfterSilence(pool)
  return pool
}

/** Marks the failures of its connection, so that they are not taken for those of a handler's own calls. */
class OwnClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    this.on('error', markOfDatabase)
  }
  override connect(): Promise<pg.Client>
  override connect(callback: ((error: Error) => void) | ((error: null, client: pg.Client) => void)): void
  override connect(callback?: (...failure: never[]) => void): Promise<pg.Client> | undefined {
    if (!callback) return super.connect()
    super.connect((error: Error) => {
      if (error) markOfDatabase(error)
      ;(callback as (error: Error) => void)(error)
    })
    return undefined
  }
}

/** When a statement got no answer, the idle connections are closed as well: each would cost its next user as long. */
const dropIdleAfterSilence = (pool: pg.Pool): void => {
  const idle = new Set<pg.PoolClient>()
  pool.on('acquire', (client) => idle.delete(client))
  pool.on('remove', (client) => idle.delete(client))
  pool.on('release', (error, client) => {
    if (!error) idle.add(client)
    else if (isSilence(error)) for (const each of idle) closeAtOnce(each)
  })
}

/** Without the goodbye that nobody would receive. */
const closeAtOnce = (client: pg.ClientBase): void => {
  const { connection } = client as unknown as { connection: { stream: { destroy: () => void } } }
  connection.stream.destroy()
}

export const createDatabase = (pool: pg.Pool): Database => drizzle(pool)
