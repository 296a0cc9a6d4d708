import { validate as isUuid, v5 as uuidv5 } from 'uuid'
import type { EventType } from '../topics.ts'
import { legacyInstant, legacyReminder, legacySeries, legacyTask } from './legacy-records.ts'

type Json = Record<string, unknown>

/** An event of an earlier system in today's form: same id, today's type and data. */
export interface Upcast {
  /** The original id; null when it had none: then its position in Kafka becomes its id. */
  id: string | null
  type: EventType
  subject: string
  time: string
  user_id: string | null
  payload: object
}

/** What earlier systems called the events of today. */
const types: Record<string, EventType> = {
  TaskCreatedEvent: 'task.created',
  TaskUpdatedEvent: 'task.updated',
  TaskCompletedEvent: 'task.completed',
  TaskDeletedEvent: 'task.deleted',
  ReminderSentEvent: 'reminder.due',
  'task.created': 'task.created',
  'task.updated': 'task.updated',
  'task.completed': 'task.completed',
  'task.deleted': 'task.deleted',
  'reminder.due': 'reminder.due',
  'reminder.due_soon': 'reminder.due',
  'recurring_task.due': 'recurring_task.due',
}

/**
 * Reads the plain JSON that earlier systems published: flat, with a nested task, or with nested data. Undefined when it
 * is none of these. Their integer ids become UUIDs, always the same for the same id, so that events of one task belong
 * together; a version of 0 keeps them from overwriting anything known. Time stamps without an offset are UTC.
 */
export const upcastLegacy = (json: unknown): Upcast | undefined => {
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return undefined
  const event = json as Json
  const type = typeof event.event_type === 'string' ? types[event.event_type] : undefined
  if (!type) return undefined
  const time = legacyInstant(event.timestamp ?? event.event_timestamp) ?? '1970-01-01T00:00:00Z'
  const user_id = typeof event.user_id === 'string' && isUuid(event.user_id) ? event.user_id : null
  const { subject, payload } = legacyPayload(type, event, time, user_id ?? uuidOf('user', event.user_id))
  const id = typeof event.event_id === 'string' && event.event_id !== '' ? event.event_id : null
  return { id, type, subject, time, user_id, payload }
}

const legacyPayload = (
  type: EventType,
  event: Json,
  time: string,
  user_id: string,
): { subject: string; payload: object } => {
  const nested = (event.task ?? event.data ?? {}) as Json
  const fields = { ...event, ...nested, ...(event.updated_fields as Json | undefined) }
  if (type === 'recurring_task.due') {
    const series = legacySeries(uuidOf('series', fields.recurring_task_id), user_id, fields)
    return {
      subject: series.id,
      payload: { recurring_task: series, occurrence: 1, due_date: series.next_occurrence ?? time, due_on: null },
    }
  }
  const task = legacyTask(uuidOf('task', fields.task_id ?? (event.task as Json | undefined)?.id), user_id, fields, time)
  if (type === 'reminder.due') {
    const id = uuidOf('reminder', fields.reminder_id ?? `${event.event_id}`)
    return { subject: task.id, payload: legacyReminder(id, task, fields, time) }
  }
  if (type === 'task.completed') {
    return {
      subject: task.id,
      payload: { task: { ...task, is_completed: true, completed_at: task.completed_at ?? time }, changed: {} },
    }
  }
  return { subject: task.id, payload: type === 'task.updated' ? { task, changed: {} } : { task } }
}

const namespace = '5f3b1c52-6f0e-5d8a-9c61-0a4c6b1f2d77'

/** UUIDs stay; anything else becomes a UUID of its own (version 5, RFC 9562 section 5.5). */
const uuidOf = (kind: string, id: unknown): string =>
  typeof id === 'string' && isUuid(id) ? id.toLowerCase() : uuidv5(`${kind} ${String(id)}`, namespace)
