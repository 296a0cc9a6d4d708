import { reopenTask } from '@taskflow/tasks'
import { callFor } from './change-each.ts'
import { taskBatchTool } from './task-batch-tool.ts'

export const reopen = taskBatchTool({
  name: 'reopen',
  title: 'Reopen tasks',
  description: 'Takes the completion of tasks back.',
  effect: 'changes',
  change: reopenTask,
  undo: (changes) =>
    callFor(
      'complete_tasks',
      changes.map(({ before }) => (before!.is_completed ? before : undefined)),
    ),
})
