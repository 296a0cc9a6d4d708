import { deleteTask } from '@taskflow/tasks'
import { callFor } from './change-each.ts'
import { taskBatchTool } from './task-batch-tool.ts'

export const deleteTasks = taskBatchTool({
  name: 'delete_tasks',
  title: 'Delete tasks',
  description: 'Deletes tasks; for 30 days restore_tasks brings them back.',
  effect: 'deletes',
  change: async (tx, user_id, id) => {
    await deleteTask(tx, user_id, id)
    return undefined
  },
  undo: (changes) =>
    callFor(
      'restore_tasks',
      changes.map(({ before }) => before),
    ),
})
