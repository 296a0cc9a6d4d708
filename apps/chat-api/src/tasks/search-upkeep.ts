import { type BaseDeps, createLoop, type Loop } from '@taskflow/service-kit'
import { refreshSearch } from '@taskflow/tasks'

const batch = 100
const every = 60_000
/** Between batches, for the writes of people. */
const pause = 20

/** After a release that finds tasks by other words, computes those of the tasks there are. */
export const createSearchUpkeep = ({ transaction, log }: BaseDeps): Loop =>
  createLoop({
    name: 'search upkeep',
    maxWait: every,
    onError: (error) => log.warn('the words of tasks could not be computed again', { error }),
    step: async () => ((await transaction((tx) => refreshSearch(tx, batch))) ? pause : every),
  })
