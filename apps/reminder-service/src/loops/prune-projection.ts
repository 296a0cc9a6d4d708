import { type BaseDeps, createLoop, type Loop } from '@taskflow/service-kit'
import { pruneProjection } from '../domain/prune-projection.ts'

const batchSize = 1_000
const interval = 600_000

/** Removes tasks that have been over for long, and reminders that have fired. */
export const createPruneLoop = ({ pool, log }: Pick<BaseDeps, 'pool' | 'log'>): Loop =>
  createLoop({
    name: 'pruning of the schedule',
    maxWait: interval,
    onError: (error) => log.warn('tasks that are over could not be pruned', { error }),
    step: async () => ((await pruneProjection(pool, batchSize)) === batchSize ? 0 : interval),
  })
