import { randomUUID } from 'node:crypto'
import {
  type CloudEvent,
  createEvent,
  type EventDefinition,
  type PayloadOf,
  type Reminder,
  type Task,
} from '@taskflow/event-contracts'
import { rootOrigin } from '@taskflow/service-kit'

/** A task as on the wire; pass only the fields that matter to the test. */
export const aTask = (fields: Partial<Task> = {}): Task => ({
  id: randomUUID(),
  user_id: randomUUID(),
  title: 'Pay rent',
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
  series_id: null,
  occurrence: null,
  tags: [],
  category: null,
  reminders: [],
  version: 1,
  created_at: '2026-01-01T00:00:00Z',
  updated_at: '2026-01-01T00:00:00Z',
  ...fields,
})

export const aReminder = (fields: Partial<Reminder> = {}): Reminder => ({
  id: randomUUID(),
  type: '1_hour_before',
  offset: 'PT1H',
  at: null,
  state: 'pending',
  ...fields,
})

/** An event as a service would publish it. */
export const anEvent = <Definition extends EventDefinition>(
  definition: Definition,
  payload: PayloadOf<Definition>,
  attributes: { id?: string; user_id?: string | null; key?: string; time?: string } = {},
): CloudEvent => {
  const { task } = payload as { task?: { id: string; user_id?: string } }
  const key = attributes.key ?? task?.id ?? randomUUID()
  return createEvent(
    definition,
    {
      id: attributes.id ?? randomUUID(),
      source: '/taskflow/test',
      subject: key,
      time: attributes.time ?? '2026-01-01T00:00:00Z',
      partitionkey: key,
      ...rootOrigin(),
    },
    attributes.user_id === undefined ? (task?.user_id ?? null) : attributes.user_id,
    payload,
  )
}
