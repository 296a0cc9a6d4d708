import type { BaseDeps } from '@taskflow/service-kit'
import { restoreTask } from '@taskflow/tasks'
import { overTasks } from './over-tasks.ts'

export const restoreTasks = (deps: BaseDeps) =>
  overTasks(deps, {
    name: 'restore_tasks',
    title: 'Restore deleted tasks',
    description: 'Brings back tasks that were deleted within the last 30 days.',
    effect: 'changes',
    areDeleted: true,
    work: restoreTask,
    // Which of them were deleted is not known: taking it back could delete others.
    undo: () => [],
  })
