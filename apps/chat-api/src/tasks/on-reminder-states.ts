import type { DataOf, reminderDue, reminderFailed, reminderSent } from '@taskflow/event-contracts'
import type { ReceivedEvent, Tx } from '@taskflow/service-kit'
import { type ReminderStep, setReminderStates } from '@taskflow/tasks'

/** Fired reminders show their state on the task: due, then sent as soon as one channel took it, or failed. */
export const onReminderStates = (tx: Tx, events: ReceivedEvent['event'][]): Promise<void> =>
  setReminderStates(tx, events.map(stepOf))

const stepOf = ({ type, time, data }: ReceivedEvent['event']): ReminderStep => {
  if (type === 'reminder.due') {
    const { reminder, task } = data as DataOf<typeof reminderDue>
    return { reminder_id: reminder.id, task_id: task.id, state: 'due', happened_at: reminder.at }
  }
  if (type === 'reminder.sent') {
    const { reminder_id, task_id, sent_at } = data as DataOf<typeof reminderSent>
    return { reminder_id, task_id, state: 'sent', happened_at: sent_at }
  }
  const { reminder_id, task_id } = data as DataOf<typeof reminderFailed>
  return { reminder_id, task_id, state: 'failed', happened_at: time }
}
