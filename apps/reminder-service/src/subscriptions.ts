import { ignore, subscribe } from '@taskflow/service-kit'
import type { Deps } from './deps.ts'
import { followTasks } from './handlers/follow-tasks.ts'
import { onUserDeleted } from './handlers/on-user-deleted.ts'

export const subscriptions = (deps: Deps) => {
  const follow = followTasks(deps)
  return [
    subscribe('task-events', {
      'task.created': follow,
      'task.updated': follow,
      'task.completed': follow,
      'task.reopened': follow,
      'task.deleted': follow,
    }),
    subscribe('user-events', {
      'user.created': ignore('the schedule needs nothing of it'),
      'user.updated': ignore('the schedule needs nothing of it'),
      'user.deleted': onUserDeleted,
      'admin.acted': ignore('for the audit log'),
      'account.acted': ignore('for the audit log'),
    }),
  ]
}
