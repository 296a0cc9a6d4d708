import { subscribe } from '@taskflow/service-kit'
import { onReminderDue, onReminderFailed, onReminderSent } from './handlers/on-reminder-state.ts'

export const subscriptions = () => [
  subscribe('task-reminders', {
    'reminder.due': onReminderDue,
    'reminder.sent': onReminderSent,
    'reminder.failed': onReminderFailed,
  }),
]
