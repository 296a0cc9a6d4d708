import type { reminderDue, reminderFailed, reminderSent } from '@taskflow/event-contracts'
import type { Handler } from '@taskflow/service-kit'
import { setReminderState } from '@taskflow/tasks'

/** A fired reminder shows its state on the task: due, then sent as soon as one channel took it, or failed. */
export const onReminderDue: Handler<typeof reminderDue> = ({ reminder }, tx) =>
  setReminderState(tx, reminder.id, 'due', reminder.at)
export const onReminderSent: Handler<typeof reminderSent> = ({ reminder_id, sent_at }, tx) =>
  setReminderState(tx, reminder_id, 'sent', sent_at)
export const onReminderFailed: Handler<typeof reminderFailed> = ({ reminder_id }, tx, { event }) =>
  setReminderState(tx, reminder_id, 'failed', event.time)
