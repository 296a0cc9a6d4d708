import { reopenTask } from '@taskflow/tasks'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { callFor, changedTasks, changeEach, taskIds } from './change-each.ts'
import { tool } from './tool.ts'

export const reopen = (deps: Deps) =>
  tool({
    name: 'reopen',
    title: 'Reopen tasks',
    description: 'Takes the completion of tasks back.',
    effect: 'changes',
    isIdempotent: true,
    input: z.strictObject({ ids: taskIds }),
    output: changedTasks,
    size: ({ ids }) => ids.length,
    run: ({ ids }, caller) =>
      changeEach(deps, caller, {
        items: ids,
        idOf: (id) => id,
        work: (tx, id) => reopenTask(tx, caller.user.user_id, id),
        undo: (changes) =>
          callFor(
            'complete_tasks',
            changes.map(({ before }) => (before!.is_completed ? before : undefined)),
          ),
      }),
  })
