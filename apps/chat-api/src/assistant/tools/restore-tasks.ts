import { restoreTask } from '@taskflow/tasks'
import { taskBatchTool } from './task-batch-tool.ts'

export const restoreTasks = taskBatchTool({
  name: 'restore_tasks',
  title: 'Restore deleted tasks',
  description: 'Brings back tasks that were deleted within the last 30 days.',
  effect: 'changes',
  areDeleted: true,
  change: restoreTask,
  // It is not known which of them were deleted: undoing it could delete others.
  undo: () => [],
})
