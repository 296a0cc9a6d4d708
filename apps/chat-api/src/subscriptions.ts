import { inBatches, type ReceivedEvent, subscribe } from '@taskflow/service-kit'
import type { LiveDeps } from './live/deps.ts'
import { storeEvents } from './live/store-events.ts'
import { onReminderStates } from './tasks/on-reminder-states.ts'

/**
 * All that happens to people's tasks and reminders goes into their live feeds too. A topic has one handler, so each
 * delivery is one batch: it writes feeds once, in the order of their users, and two replicas cannot deadlock.
 */
export const subscriptions = ({ liveFeed }: Pick<LiveDeps, 'liveFeed'>) => {
  const eventsOf = (received: ReceivedEvent[]) => received.map(({ event }) => event)
  const feed = inBatches((received, tx) => storeEvents(tx, eventsOf(received), liveFeed.notify))
  const reminderStates = inBatches(async (received, tx) => {
    await onReminderStates(tx, eventsOf(received))
    await storeEvents(tx, eventsOf(received), liveFeed.notify)
  })
  return [
    subscribe('task-events', {
      'task.created': feed,
      'task.updated': feed,
      'task.completed': feed,
      'task.reopened': feed,
      'task.deleted': feed,
    }),
    subscribe('task-reminders', {
      'reminder.due': reminderStates,
      'reminder.sent': reminderStates,
      'reminder.failed': reminderStates,
    }),
  ]
}
