import { ignore, subscribe } from '@taskflow/service-kit'
import type { Deps } from './deps.ts'
import { onRecurringTaskDue } from './handlers/on-recurring-task-due.ts'
import { onTaskCompleted } from './handlers/on-task-completed.ts'

export const subscriptions = (deps: Deps) => [
  subscribe('task-recurrence', {
    'task.completed': onTaskCompleted(deps),
    'recurring_task.due': onRecurringTaskDue,
    'recurring_task.changed': ignore('schedules are read where they are kept'),
  }),
  subscribe('user-events', {
    'user.created': ignore('nothing is kept of users'),
    'user.updated': ignore('nothing is kept of users'),
    'user.deleted': async () => {}, // the kit forgets the user: deferred events, and later ones
  }),
]
