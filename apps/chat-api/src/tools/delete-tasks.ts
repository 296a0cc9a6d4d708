import { deleteTask } from '@taskflow/tasks'
import { z } from 'zod'
import type { Deps } from '../deps.ts'
import { callFor, changedTasks, changeEach, taskIds } from './change-each.ts'
import { tool } from './tool.ts'

export const deleteTasks = (deps: Deps) =>
  tool({
    name: 'delete_tasks',
    title: 'Delete tasks',
    description: 'Deletes tasks; for 30 days restore_tasks brings them back.',
    effect: 'deletes',
    isIdempotent: true,
    input: z.strictObject({ ids: taskIds }),
    output: changedTasks,
    size: ({ ids }) => ids.length,
    run: ({ ids }, caller) =>
      changeEach(deps, caller, {
        items: ids,
        idOf: (id) => id,
        work: async (tx, id) => {
          await deleteTask(tx, caller.user.user_id, id)
          return undefined
        },
        undo: (changes) =>
          callFor(
            'restore_tasks',
            changes.map(({ before }) => before),
          ),
      }),
  })
