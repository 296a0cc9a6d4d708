import type { AnyEvent, Changed, DataOf, EventType, RecurringTask, Task } from '@taskflow/event-contracts'

/** Whether a field of an event is personal, or which of its fields are. */
export interface Fields {
  readonly [name: string]: 'plain' | 'personal' | Fields
}

/** Every field of T is decided on. `changed` is looked up by the names of the changed fields. */
type FieldsOf<T> = {
  readonly [Name in keyof T]-?:
    | 'plain'
    | 'personal'
    | (T[Name] extends readonly unknown[]
        ? never
        : T[Name] extends Changed
          ? Fields
          : T[Name] extends object
            ? FieldsOf<T[Name]>
            : never)
}

interface Json {
  [key: string]: unknown
}

const everyEvent = { schema_version: 'plain', user_id: 'plain' } as const

const taskFields = {
  id: 'plain',
  user_id: 'plain',
  title: 'personal',
  description: 'personal',
  priority: 'plain',
  due_date: 'plain',
  due_on: 'plain',
  reminder_time: 'plain',
  // Reveals where a person lives.
  time_zone: 'personal',
  is_completed: 'plain',
  completed_at: 'plain',
  recurrence_rule: 'plain',
  recurrence_interval: 'plain',
  recurrence_mode: 'plain',
  recurrence_anchor: 'plain',
  recurrence_catch_up: 'plain',
  series_id: 'plain',
  occurrence: 'plain',
  tags: 'personal',
  category: 'personal',
  reminders: 'plain',
  version: 'plain',
  created_at: 'plain',
  updated_at: 'plain',
} as const satisfies FieldsOf<Task>

const recurringTaskFields = {
  id: 'plain',
  user_id: 'plain',
  rule: 'plain',
  interval: 'plain',
  mode: 'plain',
  start_date: 'plain',
  is_all_day: 'plain',
  time_zone: 'personal',
  next_occurrence: 'plain',
  is_active: 'plain',
  version: 'plain',
} as const satisfies FieldsOf<RecurringTask>

const userFields = { id: 'plain', time_zone: 'personal', locale: 'personal' } as const

const taskEvent = { ...everyEvent, task: taskFields } as const
const taskChange = { ...taskEvent, changed: taskFields } as const

/**
 * Which fields of each event are encrypted. A new type of event or field does not compile until it is decided on here;
 * fields that are still not listed (a changed field with a name of its own) count as personal.
 */
export const personalFields = {
  'task.created': taskEvent,
  'task.updated': taskChange,
  'task.completed': taskChange,
  'task.reopened': taskChange,
  'task.deleted': taskEvent,
  'task.snapshot': { ...taskEvent, consumer: 'plain' },
  'recurring_task.due': {
    ...everyEvent,
    recurring_task: recurringTaskFields,
    occurrence: 'plain',
    due_date: 'plain',
    due_on: 'plain',
  },
  'recurring_task.changed': {
    ...everyEvent,
    recurring_task: recurringTaskFields,
    changed: { ...taskFields, ...recurringTaskFields },
  },
  'reminder.due': {
    ...everyEvent,
    reminder: { id: 'plain', type: 'plain', at: 'plain' },
    task: {
      id: 'plain',
      title: 'personal',
      description: 'personal',
      priority: 'plain',
      due_date: 'plain',
      due_on: 'plain',
      time_zone: 'personal',
    },
    late: 'plain',
  },
  'reminder.sent': {
    ...everyEvent,
    reminder_id: 'plain',
    task_id: 'plain',
    channel: 'plain',
    message_id: 'plain',
    sent_at: 'plain',
  },
  'reminder.failed': {
    ...everyEvent,
    reminder_id: 'plain',
    task_id: 'plain',
    channel: 'plain',
    // The reply of a mail server, which may contain the address.
    reason: 'personal',
  },
  'admin.acted': { ...everyEvent, operation: 'plain', given: 'personal', address: 'personal' },
  // What was done stays: it shows nobody who or where.
  'account.acted': { ...everyEvent, action: 'plain', actor: 'plain', user_agent: 'personal', details: 'personal' },
  'user.created': { ...everyEvent, user: userFields },
  'user.updated': { ...everyEvent, user: userFields, changed: { ...userFields, preferences: 'personal' } },
  'user.deleted': everyEvent,
  'dead_letter.parked': {
    ...everyEvent,
    consumer: 'plain',
    event_id: 'plain',
    event_type: 'plain',
    topic: 'plain',
    partition: 'plain',
    offset: 'plain',
    // May quote the event.
    reason: 'personal',
    attempts: 'plain',
  },
} as const satisfies { [Type in EventType]: FieldsOf<DataOf<Extract<AnyEvent, { type: Type }>>> }

/** For a type that is not in the table, everything is personal. */
export const fieldsOf = (type: string): Fields =>
  Object.hasOwn(personalFields, type) ? personalFields[type as EventType] : everyEvent

/** Separates the personal fields from an event's data; `personal` is undefined when there are none. */
export const splitPersonal = (data: object, fields: Fields): { plain: Json; personal: Json | undefined } => {
  const plain: Json = {}
  let personal: Json | undefined
  for (const [name, value] of Object.entries(data)) {
    const rule = Object.hasOwn(fields, name) ? fields[name]! : 'personal'
    if (rule === 'plain') plain[name] = value
    else if (rule !== 'personal' && isObject(value)) {
      const inner = splitPersonal(value, rule)
      plain[name] = inner.plain
      if (inner.personal) {
        personal ??= {}
        personal[name] = inner.personal
      }
    } else {
      personal ??= {}
      personal[name] = value
    }
  }
  return { plain, personal }
}

/** The inverse of `splitPersonal`. */
export const joinPersonal = (plain: Json, personal: Json): Json => {
  const whole = { ...plain }
  for (const [name, value] of Object.entries(personal)) {
    const other = whole[name]
    whole[name] = isObject(other) && isObject(value) ? joinPersonal(other, value) : value
  }
  return whole
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
