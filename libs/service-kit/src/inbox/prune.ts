import type pg from 'pg'
import type { Log } from '../log.ts'
import { createLoop, type Loop } from '../loop.ts'
import type { ServiceSchema } from '../services.ts'

const batch = 5_000
const every = 60_000

/**
 * Removes what nobody will ask for again: inbox rows twice as old as Kafka keeps their message (nothing can deliver it
 * again), and times of publishing after a day. Deferred and parked events stay. Each delete is bounded and indexed.
 */
export const createPruneLoop = ({ pool, schema, log }: { pool: pg.Pool; schema: ServiceSchema; log: Log }): Loop =>
  createLoop({
    name: 'pruning',
    maxWait: every,
    onError: (error) => log.warn('old rows could not be pruned', { error }),
    step: async () => {
      const inbox = await pool.query(
        `DELETE FROM ${schema}.inbox WHERE event_id IN (
           SELECT event_id FROM ${schema}.inbox
           WHERE state IN ('done', 'discarded')
             AND received_at < now() - CASE topic WHEN 'dead-letters' THEN interval '60 days' ELSE interval '15 days' END
             AND received_at < now() - interval '15 days'
           ORDER BY received_at LIMIT $1)`,
        [batch],
      )
      const published = await pool.query(
        `DELETE FROM ${schema}.outbox_published WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM ${schema}.outbox_published WHERE published_at < now() - interval '24 hours' LIMIT $1))`,
        [batch],
      )
      return inbox.rowCount === batch || published.rowCount === batch ? 0 : every
    },
  })
