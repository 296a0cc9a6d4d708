import { text } from '@taskflow/tasks'
import { z } from 'zod'
import { auditRecord } from '../../http/schemas.ts'
import { topicNames, topicOf, typesOf } from '../event-topics.ts'

/** Which events of all users. */
export const eventFilter = {
  type: text(1, 100).optional(),
  topic: z.enum(topicNames).optional(),
  user_id: z.uuid().optional(),
  subject: z.uuid().optional().meta({ description: 'id of a task' }),
  correlation_id: text(1, 200).optional(),
}
export type EventFilter = z.infer<z.ZodObject<typeof eventFilter>>

export const eventRecord = auditRecord.extend({ topic: z.string().nullable() }).meta({ id: 'EventRecord' })
export type EventRecord = z.infer<typeof eventRecord>

/** A record with the topic that it came from. */
export const withTopic = (record: z.infer<typeof auditRecord>): EventRecord => ({
  ...record,
  topic: topicOf(record.type),
})

/** The query for such events to audit-logger; undefined when there can be none. */
export const eventSearch = ({ type, topic, user_id, subject, correlation_id }: EventFilter) => {
  if (type && topic && topicOf(type) !== topic) return undefined
  const types = type ? [type] : topic ? typesOf(topic) : []
  const ids = Object.entries({ user_id, task_id: subject, correlation_id }).filter(([, value]) => value !== undefined)
  return new URLSearchParams([...types.map((each) => ['type', each]), ...ids] as [string, string][])
}

/** The same filter for a record that has been read. */
export const fits =
  ({ type, topic, user_id, subject, correlation_id }: EventFilter) =>
  (record: EventRecord): boolean =>
    (type === undefined || record.type === type) &&
    (topic === undefined || record.topic === topic) &&
    (user_id === undefined || record.user_id === user_id) &&
    (subject === undefined || taskOf(record) === subject) &&
    (correlation_id === undefined || record.correlation_id === correlation_id)

const taskOf = ({ data }: EventRecord): string | undefined => {
  const { task, task_id } = (data ?? {}) as { task?: { id?: string }; task_id?: string }
  return task?.id ?? task_id
}
