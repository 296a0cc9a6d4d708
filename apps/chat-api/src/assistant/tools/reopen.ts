import type { BaseDeps } from '@taskflow/service-kit'
import { reopenTask } from '@taskflow/tasks'
import { callFor } from './change-each.ts'
import { overTasks } from './over-tasks.ts'

export const reopen = (deps: BaseDeps) =>
  overTasks(deps, {
    name: 'reopen',
    title: 'Reopen tasks',
    description: 'Takes the completion of tasks back.',
    effect: 'changes',
    work: reopenTask,
    undo: (changes) =>
      callFor(
        'complete_tasks',
        changes.map(({ before }) => (before!.is_completed ? before : undefined)),
      ),
  })
