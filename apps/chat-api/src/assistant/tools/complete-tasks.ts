import type { BaseDeps } from '@taskflow/service-kit'
import { completeTask } from '@taskflow/tasks'
import { callFor } from './change-each.ts'
import { overTasks } from './over-tasks.ts'

export const completeTasks = (deps: BaseDeps) =>
  overTasks(deps, {
    name: 'complete_tasks',
    title: 'Complete tasks',
    description: 'Marks tasks as done. A recurring task gets its next occurrence by itself a moment later.',
    effect: 'changes',
    work: completeTask,
    undo: (changes) =>
      callFor(
        'reopen',
        changes.map(({ before }) => (before!.is_completed ? undefined : before)),
      ),
  })
