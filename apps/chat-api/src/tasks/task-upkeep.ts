import { type BaseDeps, createLoop, type Loop } from '@taskflow/service-kit'
import { removeDeletedTasks, removeOccurrenceCounts } from '@taskflow/tasks'

const batch = 1_000
const every = 60_000

/** Removes tasks that were deleted more than 30 days ago, and counts of past days. */
export const createTaskUpkeep = ({ transaction, log }: BaseDeps): Loop =>
  createLoop({
    name: 'task upkeep',
    maxWait: every,
    onError: (error) => log.warn('tasks deleted long ago could not be removed', { error }),
    step: async () => {
      await transaction(removeOccurrenceCounts)
      return (await transaction((tx) => removeDeletedTasks(tx, batch))) === batch ? 0 : every
    },
  })
