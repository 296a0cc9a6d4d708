import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { answerTimeout } from '../database/pool.ts'
import type { ServiceSchema } from '../services.ts'
import { type ActiveDeps, beActive, type Connection, pollInterval, type RelayState } from './active-relay.ts'
import { takeLock } from './rows.ts'
import { outboxChannel } from './wake.ts'

/** Publishes the rows of one outbox. One replica is active, the others stand by. */
export interface Relay {
  start(): void
  wake(): void
  isActive(): boolean
  /** undefined while publishing works, else why rows wait. */
  trouble(): string | undefined
  /** Publishes what is left (at most `drainMs`), then gives up the lock. */
  stop(drainMs: number): Promise<void>
}

export interface RelayDeps extends ActiveDeps {
  databaseUrl: string
}

/**
 * The relay is in one of three states. *Standing by*: it has a connection and tries to take the outbox's advisory lock
 * twice a second. *Active*: it holds the lock, reads rows over that same connection, publishes them and deletes what
 * Kafka acknowledged. *Lost*: the connection broke, and with it the lock; it makes no further call, because another
 * replica may be active already, and starts over.
 */
export const createRelay = ({ databaseUrl, ...deps }: RelayDeps): Relay => {
  let woken = Promise.withResolvers<void>()
  const relay: RelayState = {
    isStopping: false,
    drainUntil: 0,
    isActive: false,
    trouble: undefined,
    wake: () => woken.resolve(),
    pause: async (milliseconds) => {
      await Promise.race([woken.promise, delay(milliseconds, undefined, { ref: false })])
      woken = Promise.withResolvers()
    },
  }
  let running: Promise<void> | undefined
  return {
    start: () => {
      running ??= run(databaseUrl, deps, relay)
    },
    wake: relay.wake,
    isActive: () => relay.isActive,
    trouble: () => relay.trouble,
    stop: async (drainMs) => {
      relay.isStopping = true
      relay.drainUntil = Date.now() + drainMs
      relay.wake()
      // A call or statement that hangs does not hold up the stop; what it published is published again and dropped.
      await Promise.race([running, delay(drainMs + 500, undefined, { ref: false })])
    },
  }
}

/** From state to state, until the relay is stopped. */
const run = async (databaseUrl: string, deps: ActiveDeps, relay: RelayState): Promise<void> => {
  while (!relay.isStopping) {
    try {
      const connection = await connect(databaseUrl, deps.schema, relay)
      try {
        relay.isActive = await standBy(deps.schema, relay, connection)
        if (relay.isActive) await beActive(deps, relay, connection)
      } finally {
        relay.isActive = false
        await connection.client.end().catch(() => {})
      }
    } catch (error) {
      await recover(deps, error)
    }
  }
}

const connect = async (databaseUrl: string, schema: ServiceSchema, relay: RelayState): Promise<Connection> => {
  const client = new pg.Client({
    connectionString: databaseUrl,
    application_name: `relay ${schema}`,
    connectionTimeoutMillis: 5_000,
    query_timeout: answerTimeout,
    statement_timeout: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
  })
  const connection: Connection = { client, lost: undefined }
  const lose = (error: Error) => {
    connection.lost ??= error
    relay.wake()
  }
  client.on('error', lose)
  client.on('end', () => lose(new Error('connection ended')))
  client.on('notification', relay.wake)
  await client.connect()
  return connection
}

/** Waits for the lock; true when it has it, false when the relay is stopped first. */
const standBy = async (schema: ServiceSchema, relay: RelayState, connection: Connection): Promise<boolean> => {
  const { client } = connection
  // The lock is a lease: the server ends the session, and with it the lock, when it hears nothing for 5 s, because the
  // holder is frozen or its host vanished. Keepalives are not sent while data (a notification) is unacknowledged.
  await client.query(`SET idle_session_timeout = '5s'; SET tcp_user_timeout = '5s';
    SET tcp_keepalives_idle = 2; SET tcp_keepalives_interval = 1; SET tcp_keepalives_count = 3`)
  // Do not wait for the disk: a delete lost in a crash only means publishing again, which consumers tolerate.
  await client.query('SET synchronous_commit = off')
  while (!(await takeLock(client, schema))) {
    if (relay.isStopping) return false
    await relay.pause(pollInterval)
    if (connection.lost) throw connection.lost
  }
  await client.query(`LISTEN ${outboxChannel(schema)}`)
  return true
}

/** Waits before the relay starts over with a new connection. */
const recover = async ({ log, schema }: ActiveDeps, error: unknown): Promise<void> => {
  log.warn('the relay lost its database connection and begins again', { schema, error })
  // Not `pause`: the lost connection wakes it, and it would retry a thousand times a second while the database is away.
  // It would not keep the process alive either, and a stop waits for the relay.
  await delay(pollInterval)
}
