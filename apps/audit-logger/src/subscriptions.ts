import { ignore, subscribe } from '@taskflow/service-kit'
import type { Deps } from './deps.ts'
import { recordEvents } from './handlers/record-events.ts'

export const subscriptions = (deps: Deps) => {
  const record = recordEvents(deps)
  return [
    subscribe('task-events', {
      'task.created': record,
      'task.updated': record,
      'task.completed': record,
      'task.reopened': record,
      'task.deleted': record,
    }),
    subscribe('task-recurrence', {
      'task.completed': ignore('the same event comes on task-events'),
      'recurring_task.due': record,
      'recurring_task.changed': record,
    }),
    subscribe('task-reminders', {
      'reminder.due': record,
      'reminder.sent': record,
      'reminder.failed': record,
    }),
    subscribe('user-events', {
      'user.created': record,
      'user.updated': record,
      'user.deleted': record,
      'admin.acted': record,
      'account.acted': record,
    }),
    subscribe('dead-letters', { 'dead_letter.parked': record }),
  ]
}
