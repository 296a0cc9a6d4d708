import { restoreTask } from '@taskflow/tasks'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { changedTasks, changeEach, taskIds } from './change-each.ts'
import { tool } from './tool.ts'

export const restoreTasks = (deps: Deps) =>
  tool({
    name: 'restore_tasks',
    title: 'Restore deleted tasks',
    description: 'Brings back tasks that were deleted within the last 30 days.',
    effect: 'changes',
    isIdempotent: true,
    input: z.strictObject({ ids: taskIds }),
    output: changedTasks,
    size: ({ ids }) => ids.length,
    run: ({ ids }, caller) =>
      changeEach(deps, caller, {
        items: ids,
        idOf: (id) => id,
        areDeleted: true,
        work: (tx, id) => restoreTask(tx, caller.user.user_id, id),
        // Which of them were deleted is not known: taking it back could delete others.
        undo: () => [],
      }),
  })
