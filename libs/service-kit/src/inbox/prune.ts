import type pg from 'pg'
import type { Log } from '../log.ts'
import { createLoop, type Loop } from '../loop.ts'
import { prunePublished } from '../outbox/rows.ts'
import type { ServiceSchema } from '../services.ts'
import { pruneInbox } from './rows.ts'

const batchSize = 5_000
const interval = 60_000

/** How long events wait for an operator: parked ones, and those that could not be published. */
const waitingKept = '90 days'

/**
 * Deletes old rows of inbox and outbox that are no longer needed, and gives up those that have waited for an operator
 * for 90 days. Each statement is bounded and uses an index.
 */
export const createPruneLoop = ({ pool, schema, log }: { pool: pg.Pool; schema: ServiceSchema; log: Log }): Loop =>
  createLoop({
    name: 'pruning',
    maxWait: interval,
    onError: (error) => log.warn('old rows could not be pruned', { error }),
    step: async () => {
      const received = await pruneInbox(pool, schema, batchSize)
      const published = await prunePublished(pool, schema, batchSize)
      const parked = await discardParked(pool, schema, batchSize)
      if (parked.length > 0) {
        const some = parked.slice(0, 20)
        log.warn(`events were parked for ${waitingKept} and are discarded`, { count: parked.length, event_ids: some })
      }
      const rejected = await deleteRejected(pool, schema, batchSize)
      return [received, published, parked.length, rejected].includes(batchSize) ? 0 : interval
    },
  })

/** Discards up to `limit` events that have been parked for long, with their content. Returns their ids. */
const discardParked = async (pool: pg.Pool, schema: ServiceSchema, limit: number): Promise<string[]> => {
  const { rows } = await pool.query<{ event_id: string }>(
    `UPDATE ${schema}.inbox SET state = 'discarded', body = NULL, headers = NULL,
            reason = concat_ws('; ', reason, 'discarded after being parked for ${waitingKept}')
     WHERE state = 'parked' AND event_id IN (
       SELECT event_id FROM ${schema}.inbox
       WHERE state IN ('deferred', 'parked') AND state = 'parked' AND received_at < now() - interval '${waitingKept}'
       ORDER BY received_at LIMIT $1)
     RETURNING event_id`,
    [limit],
  )
  return rows.map(({ event_id }) => event_id)
}

/** Deletes those of the first `limit` rejected events that are old. Returns how many. */
const deleteRejected = async (pool: pg.Pool, schema: ServiceSchema, limit: number): Promise<number> => {
  const { rowCount } = await pool.query(
    `DELETE FROM ${schema}.outbox_rejected
     WHERE rejected_at < now() - interval '${waitingKept}'
       AND id IN (SELECT id FROM ${schema}.outbox_rejected ORDER BY id LIMIT $1)`,
    [limit],
  )
  return rowCount ?? 0
}
