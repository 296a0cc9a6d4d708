import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import type pg from 'pg'
import type { Clock } from '../clock.ts'
import { type Origin, rootOrigin } from '../origin.ts'
import type { ServiceName, ServiceSchema } from '../services.ts'
import { isConnectionLost } from './failures.ts'

/** What a transaction knows besides its connection. */
interface TxContext {
  clock: Clock
  service: ServiceName
  /** What its events are caused by. */
  origin: Origin
  /** The outboxes that got rows: their relays are woken after the commit. */
  appendedTo: Set<ServiceSchema>
  /** SQL that runs in the same round trip as COMMIT, before it: if it fails, nothing is committed. */
  beforeCommit: string[]
  /** Called once the transaction has committed, for wake-ups; what must not be lost belongs in the transaction. */
  afterCommit: (() => void)[]
}

/** An open transaction, with drizzle's methods. */
export interface Tx extends NodePgDatabase, TxContext {
  $client: pg.PoolClient
}

const txOn = (client: pg.PoolClient, context: TxContext): Tx => Object.assign(drizzle(client), context)

/** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
export type Transaction = <T>(work: (tx: Tx) => Promise<T>, origin?: Origin) => Promise<T>

/** Thrown out of a transaction whose connection abandoned work may still use: it is closed instead of released. */
export class ConnectionGivenUp extends Error {}

export interface TransactionDeps {
  pool: pg.Pool
  clock: Clock
  service: ServiceName
  /** Called after the commit with the schemas whose outboxes have new rows. */
  wake: (schemas: Iterable<ServiceSchema>) => void
}

const begin = { text: 'BEGIN', query_timeout: 5_000 }

export const createTransaction =
  ({ pool, clock, service, wake }: TransactionDeps): Transaction =>
  async (work, origin = rootOrigin()) => {
    const client = await pool.connect()
    const tx = txOn(client, { clock, service, origin, appendedTo: new Set(), beforeCommit: [], afterCommit: [] })
    let broken: Error | undefined
    try {
      // It waits for nothing: no answer means that the server's host is gone.
      await client.query(begin)
      const result = await work(tx)
      await client.query([...tx.beforeCommit, 'COMMIT'].join(';'))
      wake(tx.appendedTo)
      for (const call of tx.afterCommit) call()
      return result
    } catch (error) {
      if (error instanceof ConnectionGivenUp || (error instanceof Error && isConnectionLost(error))) broken = error
      else {
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure
        })
      }
      throw error
    } finally {
      client.release(broken)
    }
  }

/** The same transaction with another origin for the events appended through it. */
export const withOrigin = (tx: Tx, origin: Origin): Tx => {
  const { clock, service, appendedTo, beforeCommit, afterCommit } = tx
  return txOn(tx.$client, { clock, service, origin, appendedTo, beforeCommit, afterCommit })
}
