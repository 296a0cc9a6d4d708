import type { EventDefinition } from './define-event.ts'
import { accountActed } from './events/account.ts'
import { adminActed, deadLetterParked } from './events/operations.ts'
import { recurringTaskChanged, recurringTaskDue } from './events/recurring-task.ts'
import { reminderDue, reminderFailed, reminderSent } from './events/reminder.ts'
import { taskCompleted, taskCreated, taskDeleted, taskReopened, taskSnapshot, taskUpdated } from './events/task.ts'
import { userCreated, userDeleted, userUpdated } from './events/user.ts'

/** A Kafka topic: what its messages are keyed by (order is kept per key), and which events it carries. */
export interface TopicDefinition {
  key: 'task' | 'series' | 'user' | 'as it was'
  partitions: number
  retentionDays: number
  events: readonly EventDefinition[]
}

/** The one catalogue of topics: creation, scopes, handler types and documents are derived from it. */
export const topics = {
  'task-events': {
    key: 'task',
    partitions: 3,
    retentionDays: 7,
    events: [taskCreated, taskUpdated, taskCompleted, taskReopened, taskDeleted],
  },
  'task-recurrence': {
    key: 'series',
    partitions: 3,
    retentionDays: 7,
    events: [taskCompleted, recurringTaskDue, recurringTaskChanged],
  },
  'task-reminders': {
    key: 'task',
    partitions: 3,
    retentionDays: 7,
    events: [reminderDue, reminderSent, reminderFailed],
  },
  'user-events': {
    key: 'user',
    partitions: 3,
    retentionDays: 7,
    events: [userCreated, userUpdated, userDeleted, adminActed, accountActed],
  },
  /** State from before the other topics' retention, sent by `npm run backfill`. No service of TaskFlow needs it. */
  'task-snapshots': {
    key: 'task',
    partitions: 3,
    retentionDays: 7,
    events: [taskSnapshot],
  },
  'dead-letters': {
    key: 'as it was',
    partitions: 1,
    retentionDays: 30,
    events: [deadLetterParked],
  },
} as const satisfies Record<string, TopicDefinition>

export type Topic = keyof typeof topics
export type EventOn<T extends Topic> = (typeof topics)[T]['events'][number]
export type AnyEvent = EventOn<Topic>
export type EventType = AnyEvent['type']
