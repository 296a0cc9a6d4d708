import { ignore, subscribe } from '@taskflow/service-kit'
import type { Deps } from './deps.ts'
import { onReminderDue } from './handlers/on-reminder-due.ts'
import { onUserDeleted } from './handlers/on-user-deleted.ts'
import { onUserUpdated } from './handlers/on-user-updated.ts'

export const subscriptions = (deps: Deps) => [
  subscribe('task-reminders', {
    'reminder.due': onReminderDue(deps),
    'reminder.sent': ignore('published by this service'),
    'reminder.failed': ignore('published by this service'),
  }),
  subscribe('user-events', {
    'user.created': ignore('recipients are read when a mail is sent'),
    'user.updated': onUserUpdated(deps),
    'user.deleted': onUserDeleted,
    'admin.acted': ignore('for the audit log'),
    'account.acted': ignore('for the audit log'),
  }),
]
