import type pg from 'pg'
import type { Log } from '../log.ts'
import { createLoop, type Loop } from '../loop.ts'
import { prunePublished } from '../outbox/rows.ts'
import type { ServiceSchema } from '../services.ts'
import { pruneInbox } from './rows.ts'

const batchSize = 5_000
const interval = 60_000

/** Deletes old rows of inbox and outbox that are no longer needed. Each statement is bounded and uses an index. */
export const createPruneLoop = ({ pool, schema, log }: { pool: pg.Pool; schema: ServiceSchema; log: Log }): Loop =>
  createLoop({
    name: 'pruning',
    maxWait: interval,
    onError: (error) => log.warn('old rows could not be pruned', { error }),
    step: async () => {
      const received = await pruneInbox(pool, schema, batchSize)
      const published = await prunePublished(pool, schema, batchSize)
      return received === batchSize || published === batchSize ? 0 : interval
    },
  })
