import { completeTask } from '@taskflow/tasks'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { callFor, changedTasks, changeEach, taskIds } from './change-each.ts'
import { tool } from './tool.ts'

export const completeTasks = (deps: Deps) =>
  tool({
    name: 'complete_tasks',
    title: 'Complete tasks',
    description: 'Marks tasks as done. A recurring task gets its next occurrence by itself a moment later.',
    effect: 'changes',
    isIdempotent: true,
    input: z.strictObject({ ids: taskIds }),
    output: changedTasks,
    size: ({ ids }) => ids.length,
    run: ({ ids }, caller) =>
      changeEach(deps, caller, {
        items: ids,
        idOf: (id) => id,
        work: (tx, id) => completeTask(tx, caller.user.user_id, id),
        undo: (changes) =>
          callFor(
            'reopen',
            changes.map(({ before }) => (before!.is_completed ? undefined : before)),
          ),
      }),
  })
