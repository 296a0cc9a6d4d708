import { ignore, subscribe } from '@taskflow/service-kit'
import type { Deps } from './deps.ts'
import { onTaskChanged } from './handlers/on-task-changed.ts'
import { onTaskDeleted } from './handlers/on-task-deleted.ts'
import { onUserDeleted } from './handlers/on-user-deleted.ts'

export const subscriptions = (deps: Deps) => [
  subscribe('task-events', {
    'task.created': onTaskChanged(deps),
    'task.updated': onTaskChanged(deps),
    'task.completed': onTaskChanged(deps),
    'task.reopened': onTaskChanged(deps),
    'task.deleted': onTaskDeleted,
  }),
  subscribe('user-events', {
    'user.created': ignore('reminders carry all they need'),
    'user.updated': ignore('reminders carry all they need'),
    'user.deleted': onUserDeleted,
  }),
]
