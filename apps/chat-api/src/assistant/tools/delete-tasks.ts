import type { BaseDeps } from '@taskflow/service-kit'
import { deleteTask } from '@taskflow/tasks'
import { callFor } from './change-each.ts'
import { overTasks } from './over-tasks.ts'

export const deleteTasks = (deps: BaseDeps) =>
  overTasks(deps, {
    name: 'delete_tasks',
    title: 'Delete tasks',
    description: 'Deletes tasks; for 30 days restore_tasks brings them back.',
    effect: 'deletes',
    work: async (tx, user_id, id) => {
      await deleteTask(tx, user_id, id)
      return undefined
    },
    undo: (changes) =>
      callFor(
        'restore_tasks',
        changes.map(({ before }) => before),
      ),
  })
