import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import {
  isReadInPart,
  parseMessage,
  reminderFailed,
  reminderSent,
  type Topic,
  taskCreated,
  topics,
} from '@taskflow/event-contracts'
import { anEvent, aReminder, aTask } from '@taskflow/test-kit'
import { readReleased } from '../src/release/released.ts'

const bytes = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const reasonOf = (topic: Topic, value: unknown) => {
  const message = parseMessage(topic, bytes(value))
  return message.readable ? 'readable' : message.reason
}

test('the catalogue has these topics and events', () => {
  const shown = Object.entries(topics).map(([name, { key, partitions, retentionDays, events }]) => [
    name,
    key,
    partitions,
    retentionDays,
    events.map((event) => event.type).join(' '),
  ])
  assert.deepEqual(shown, [
    ['task-events', 'task', 3, 7, 'task.created task.updated task.completed task.reopened task.deleted'],
    ['task-recurrence', 'series', 3, 7, 'task.completed recurring_task.due recurring_task.changed'],
    ['task-reminders', 'task', 3, 7, 'reminder.due reminder.sent reminder.failed'],
    ['user-events', 'user', 3, 7, 'user.created user.updated user.deleted admin.acted account.acted'],
    ['task-snapshots', 'task', 3, 7, 'task.snapshot'],
    ['dead-letters', 'as it was', 1, 30, 'dead_letter.parked'],
  ])
})

test('an event is a CloudEvent with schema, key, trace and correlation id, and is parsed unchanged', () => {
  const task = aTask()
  const event = anEvent(taskCreated, { task }, { id: 'e1' })
  assert.equal(event.dataschema, 'urn:taskflow:schema:task.created:3.0')
  assert.match(event.traceparent, /^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/)
  assert.deepEqual(event.data, { schema_version: '3.0', user_id: task.user_id, task })
  const message = parseMessage('task-events', bytes(event))
  assert.deepEqual(message, { readable: true, event })
})

test('unknown extension attributes are accepted, unknown data fields are not', () => {
  const event = anEvent(taskCreated, { task: aTask() })
  assert.equal(reasonOf('task-events', { ...event, pubsubname: 'kafka-pubsub' }), 'readable')
  assert.match(
    reasonOf('task-events', { ...event, data: { ...(event.data as object), more: 1 } }),
    /Unrecognized key: "more"/,
  )
})

test('unreadable events are distinguished, with their id if they have one', () => {
  const event = anEvent(taskCreated, { task: aTask() }, { id: 'e1' })
  assert.equal(reasonOf('task-events', 'not json'), 'not JSON')
  assert.match(reasonOf('task-events', []), /not a CloudEvent/)
  assert.match(reasonOf('task-events', { ...event, specversion: '0.3' }), /not a CloudEvent: specversion/)
  assert.match(reasonOf('user-events', event), /unknown type "task.created" on topic user-events/)
  assert.match(
    reasonOf('task-events', { ...event, data: { ...(event.data as object), schema_version: '9.0' } }),
    /data is not task.created 3.0: schema_version/,
  )
  const of = (schema_version: string) => ({ ...event, data: { ...(event.data as object), schema_version } })
  assert.equal(reasonOf('task-events', of('4.0')), 'task.created 4.0 is newer than 3.0, which is known here')
  const isNewer = (version: string) => {
    const read = parseMessage('task-events', bytes(of(version)))
    return !read.readable && read.isNewer
  }
  assert.deepEqual(['4.0', '4.7', '1.9', '9.0', 'next'].map(isNewer), [true, true, false, false, false])
  const message = parseMessage('task-events', bytes({ ...event, type: 'task.exploded' }))
  assert.deepEqual(
    [message.readable, !message.readable && message.id, !message.readable && message.type],
    [false, 'e1', 'task.exploded'],
  )
})

test('an unknown type is of a newer release if TaskFlow published it, and unreadable otherwise', () => {
  const event = anEvent(taskCreated, { task: aTask() })
  const isNewer = (fields: object) => {
    const read = parseMessage('task-events', bytes({ ...event, ...fields }))
    assert.ok(!read.readable)
    assert.match(read.reason, /unknown type/)
    return read.isNewer
  }
  assert.ok(isNewer({ type: 'task.archived' }))
  assert.ok(isNewer({ type: 'task.archived', data: { anything: [1] } }))
  assert.ok(!isNewer({ type: 'task.archived', source: '/elsewhere' }))
  assert.ok(!isNewer({ type: 'com.example.task' }), 'no type of TaskFlow looks like this')
  assert.ok(!isNewer({ type: 'task.archived\0' }))
})

test('of a newer minor version the known fields are read, at any depth', () => {
  const task = aTask({ reminders: [aReminder()] })
  const event = anEvent(taskCreated, { task })
  const coloured = { ...task, colour: 'red', reminders: task.reminders.map((each) => ({ ...each, sound: { id: 1 } })) }
  const newer = {
    ...event,
    dataschema: 'urn:taskflow:schema:task.created:3.1',
    data: { ...(event.data as object), schema_version: '3.1', more: [1], task: coloured },
  }
  const read = parseMessage('task-events', bytes(newer))
  assert.deepEqual(read, { readable: true, event: { ...newer, data: event.data } })
  assert.ok(read.readable && isReadInPart(read.event), 'a consumer that needs every field can refuse it')
  assert.ok(!isReadInPart(event))
  assert.ok(!isReadInPart({ ...event, dataschema: 'urn:taskflow:schema:task.created:2.0' }))
})

test('a newer minor version waits if it is more than new fields', () => {
  const event = anEvent(taskCreated, { task: aTask() })
  const data = (fields: object) => ({ ...event, data: { ...(event.data as object), schema_version: '3.1', ...fields } })
  const { title: _, ...untitled } = aTask()
  for (const fields of [{ task: { ...aTask(), priority: 'urgent', colour: 'red' } }, { task: untitled }]) {
    const read = parseMessage('task-events', bytes(data(fields)))
    assert.ok(!read.readable && read.isNewer)
    assert.equal(read.reason, 'task.created 3.1 is newer than 3.0, which is known here')
  }
})

test('reminder results published before webhooks existed are still read correctly', () => {
  const about = { reminder_id: randomUUID(), task_id: randomUUID() }
  const sent = { ...about, channel: 'email' as const, message_id: '<1@x>', sent_at: '2026-01-01T00:00:00Z' }
  const events = [
    anEvent(reminderSent, sent),
    anEvent(reminderFailed, { ...about, channel: 'email', reason: 'answered 404' }),
  ]
  for (const event of events) {
    const old = { ...(event.data as object), schema_version: '2.0' }
    assert.ok(
      readReleased().some((schema) => schema.$id === `urn:taskflow:schema:${event.type}:2.0`),
      'a released version stays known',
    )
    assert.deepEqual(parseMessage('task-reminders', bytes({ ...event, data: old })), { readable: true, event })
    const byWebhook = { ...(event.data as object), channel: 'webhook' }
    assert.equal(reasonOf('task-reminders', { ...event, data: byWebhook }), 'readable')
    assert.match(reasonOf('task-reminders', { ...event, data: { ...byWebhook, channel: 'sms' } }), /channel/)
  }
})
