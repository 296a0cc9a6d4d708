import { ignore, subscribe } from '@taskflow/service-kit'
import { recordEvents } from './handlers/record-events.ts'

export const subscriptions = () => [
  subscribe('task-events', {
    'task.created': recordEvents,
    'task.updated': recordEvents,
    'task.completed': recordEvents,
    'task.reopened': recordEvents,
    'task.deleted': recordEvents,
  }),
  subscribe('task-recurrence', {
    'task.completed': ignore('the same event comes on task-events'),
    'recurring_task.due': recordEvents,
    'recurring_task.changed': recordEvents,
  }),
  subscribe('task-reminders', {
    'reminder.due': recordEvents,
    'reminder.sent': recordEvents,
    'reminder.failed': recordEvents,
  }),
  subscribe('user-events', {
    'user.created': recordEvents,
    'user.updated': recordEvents,
    'user.deleted': recordEvents,
  }),
  subscribe('dead-letters', { 'dead_letter.parked': recordEvents }),
]
