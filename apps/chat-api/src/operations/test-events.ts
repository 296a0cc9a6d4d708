import { type EventDefinition, recurringTaskChanged, type Topic, taskDeleted, topics } from '@taskflow/event-contracts'
import { type NewEvent, readValue } from '@taskflow/service-kit'
import { v7 as uuidv7 } from 'uuid'

/** Those on which chat-api may publish (publishingScopes in dapr/components/kafka-pubsub.yaml). */
export const testTopics = ['task-events', 'task-recurrence', 'user-events', 'dead-letters'] as const
export type TestTopic = (typeof testTopics)[number]

type Fields = Record<string, unknown>
interface About {
  id: string
  user_id: string
  now: string
  fields: Fields
}

/**
 * The types that are harmless for an entity that does not exist: each gets a new id here and belongs to the admin who
 * asks, whatever fields are given. All others affect people: mails are sent, tasks are made, data of an account is
 * deleted, or something that does not exist shows up in a list.
 */
const harmless: Partial<
  Record<Topic, Record<string, { definition: EventDefinition; payload: (about: About) => Fields }>>
> = {
  'task-events': {
    // reminder-service keeps its id and version, as of every deleted task; live pages ignore a task they do not have.
    'task.deleted': {
      definition: taskDeleted,
      payload: ({ id, user_id, now, fields }) => ({
        task: {
          title: 'A test event',
          description: '',
          priority: 'medium',
          due_date: null,
          due_on: null,
          reminder_time: '09:00',
          time_zone: 'UTC',
          is_completed: false,
          completed_at: null,
          recurrence_rule: null,
          recurrence_interval: 1,
          recurrence_mode: 'on_completion',
          recurrence_anchor: 'due_date',
          recurrence_catch_up: 'skip',
          occurrence: null,
          tags: [],
          category: null,
          version: 1,
          created_at: now,
          updated_at: now,
          ...fields,
          id,
          user_id,
          series_id: null,
          reminders: [],
        },
      }),
    },
  },
  'task-recurrence': {
    // recurring-processor looks at schedules only when an active one has changed.
    'recurring_task.changed': {
      definition: recurringTaskChanged,
      payload: ({ id, user_id, fields }) => ({
        recurring_task: {
          rule: 'FREQ=DAILY',
          interval: 1,
          mode: 'on_schedule',
          start_date: '2026-01-01T09:00:00',
          is_all_day: false,
          time_zone: 'UTC',
          next_occurrence: null,
          version: 1,
          ...fields,
          id,
          user_id,
          is_active: false,
        },
        changed: {},
      }),
    },
  },
}

/** `<type> on <topic>` of each. */
export const harmlessTypes = Object.entries(harmless).flatMap(([topic, types]) =>
  Object.keys(types).map((type) => `${type} on ${topic}`),
)

/** A valid event about nothing; undefined when the type is not harmless. Problem 422 when a field is not valid. */
export const aTestEvent = (topic: TestTopic, type: string, about: Omit<About, 'id'>): NewEvent | undefined => {
  const types = harmless[topic] ?? {}
  const known = Object.hasOwn(types, type) ? types[type] : undefined
  if (!known) return undefined
  const { definition, payload } = known
  const id = uuidv7()
  const { user_id } = about
  const data = { schema_version: definition.version, user_id, ...payload({ ...about, id }) }
  const { schema_version: _, user_id: _u, ...checked } = readValue(definition.data, data)
  return { topic, key: id, id: uuidv7(), subject: id, user_id, definition, payload: checked }
}

/**
 * An event that no consumer of the topic can read, so that each parks it and none acts on it: its data fits no type and
 * no earlier system. It is the only one of its key, so nothing waits behind it.
 */
export const anUnreadableEvent = (topic: TestTopic, type: string | undefined, user_id: string): NewEvent => {
  const [first] = topics[topic].events
  const id = uuidv7()
  return {
    topic,
    key: id,
    id: uuidv7(),
    subject: id,
    user_id,
    definition: { ...first, type: type ?? first.type } as EventDefinition,
    payload: { made_to_be_unreadable: true },
  }
}
