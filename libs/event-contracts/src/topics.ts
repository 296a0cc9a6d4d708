import type { EventDefinition } from './define-event.ts'
import { adminActed } from './events/admin-acted.ts'
import { deadLetterParked } from './events/dead-letter-parked.ts'
import { recurringTaskChanged } from './events/recurring-task-changed.ts'
import { recurringTaskDue } from './events/recurring-task-due.ts'
import { reminderDue } from './events/reminder-due.ts'
import { reminderFailed } from './events/reminder-failed.ts'
import { reminderSent } from './events/reminder-sent.ts'
import { taskCompleted } from './events/task-completed.ts'
import { taskCreated } from './events/task-created.ts'
import { taskDeleted } from './events/task-deleted.ts'
import { taskReopened } from './events/task-reopened.ts'
import { taskUpdated } from './events/task-updated.ts'
import { userCreated } from './events/user-created.ts'
import { userDeleted } from './events/user-deleted.ts'
import { userUpdated } from './events/user-updated.ts'

/** A Kafka topic: what its messages are keyed by (order is kept per key), and what may be published on it. */
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
    events: [userCreated, userUpdated, userDeleted, adminActed],
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
