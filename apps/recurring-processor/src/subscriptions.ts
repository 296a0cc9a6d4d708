import { ignore, subscribe } from '@taskflow/service-kit'
import type { Deps } from './deps.ts'
import { onRecurringTaskChanged } from './handlers/on-recurring-task-changed.ts'
import { onRecurringTaskDue } from './handlers/on-recurring-task-due.ts'
import { onTaskCompleted } from './handlers/on-task-completed.ts'

export const subscriptions = (deps: Pick<Deps, 'dueSeries' | 'occurrences' | 'log'>) => [
  subscribe('task-recurrence', {
    'task.completed': onTaskCompleted(deps),
    'recurring_task.due': onRecurringTaskDue(deps),
    'recurring_task.changed': onRecurringTaskChanged(deps),
  }),
  subscribe('user-events', {
    'user.created': ignore('nothing is kept of users'),
    'user.updated': ignore('nothing is kept of users'),
    'user.deleted': async () => {}, // the kit forgets the user: deferred events, and later ones
    'admin.acted': ignore('for the audit log'),
    'account.acted': ignore('for the audit log'),
  }),
]
