import { createEvent, type EventDefinition, type EventOn, type PayloadOf, type Topic } from '@taskflow/event-contracts'
import { v7 as uuidv7 } from 'uuid'
import type { Tx } from '../database/transaction.ts'
import type { Origin } from '../origin.ts'
import type { ServiceSchema } from '../services.ts'

/** An event to be published on a topic. */
export interface NewEvent {
  topic: Topic
  /** Kafka key: order is kept per key. */
  key: string
  id: string
  subject: string
  user_id: string | null
  definition: EventDefinition
  payload: object
  /** The span that creates it, when one transaction serves several traces; by default that of the transaction. */
  traceparent?: string
  /** What caused it, when one transaction serves several causes; by default the origin of the transaction. */
  origin?: Origin
}

/** Describes an event; the topic must carry it. The same event on two topics has the same `id`. */
export const newEvent = <T extends Topic, Definition extends EventOn<T>>(
  topic: T,
  definition: Definition,
  event: {
    key: string
    subject: string
    user_id: string | null
    payload: PayloadOf<Definition>
    id?: string
    traceparent?: string
    origin?: Origin
  },
): NewEvent => ({ ...event, topic, definition, id: event.id ?? uuidv7() })

/**
 * Appends events to an outbox, in the transaction of the change they describe. The caller has locked the aggregate's
 * row before, so that for each key the order of ids is the order of commits; the relay keeps it.
 */
export const appendEvents = async (tx: Tx, schema: ServiceSchema, events: NewEvent[]): Promise<void> => {
  if (events.length === 0) return
  const time = tx.clock.now().toString()
  const texts = events.map((event) =>
    JSON.stringify(
      createEvent(
        event.definition,
        {
          id: event.id,
          source: `/taskflow/${tx.service}`,
          subject: event.subject,
          time,
          partitionkey: event.key,
          ...(event.origin ?? tx.origin),
          ...(event.traceparent ? { traceparent: event.traceparent } : {}),
        },
        event.user_id,
        event.payload as never,
      ),
    ),
  )
  await tx.$client.query({
    name: `outbox ${schema}`,
    text: `INSERT INTO ${schema}.outbox (event_id, topic, key, event)
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])`,
    values: [events.map((e) => e.id), events.map((e) => e.topic), events.map((e) => e.key), texts],
  })
  tx.appendedTo.add(schema)
}
