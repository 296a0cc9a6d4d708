import type { EventDefinition } from '@taskflow/event-contracts'
import { type Handler, inBatches, subscribe } from '@taskflow/service-kit'
import type { LiveDeps } from './live/deps.ts'
import { storeEvents } from './live/store-events.ts'
import { onReminderDue, onReminderFailed, onReminderSent } from './tasks/on-reminder-state.ts'

/** All that happens to people's tasks and reminders goes into their live feeds too. */
export const subscriptions = ({ liveFeed }: Pick<LiveDeps, 'liveFeed'>) => {
  const feed = inBatches((received, tx) => {
    const events = received.map(({ event }) => event)
    return storeEvents(tx, events, liveFeed.notify)
  })
  const andFeed =
    <Definition extends EventDefinition>(handler: Handler<Definition>): Handler<Definition> =>
    async (data, tx, context) => {
      await handler(data, tx, context)
      await storeEvents(tx, [context.event as never], liveFeed.notify)
    }
  return [
    subscribe('task-events', {
      'task.created': feed,
      'task.updated': feed,
      'task.completed': feed,
      'task.reopened': feed,
      'task.deleted': feed,
    }),
    subscribe('task-reminders', {
      'reminder.due': andFeed(onReminderDue),
      'reminder.sent': andFeed(onReminderSent),
      'reminder.failed': andFeed(onReminderFailed),
    }),
  ]
}
