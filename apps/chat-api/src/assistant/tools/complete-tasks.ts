import { completeTask } from '@taskflow/tasks'
import { callFor } from './change-each.ts'
import { taskBatchTool } from './task-batch-tool.ts'

export const completeTasks = taskBatchTool({
  name: 'complete_tasks',
  title: 'Complete tasks',
  description: 'Marks tasks as done. A recurring task gets its next occurrence by itself a moment later.',
  effect: 'changes',
  change: completeTask,
  undo: (changes) =>
    callFor(
      'reopen',
      changes.map(({ before }) => (before!.is_completed ? undefined : before)),
    ),
})
