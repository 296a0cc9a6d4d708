import { type Tx, withOrigin } from '../database/transaction.ts'
import { rootOrigin, traceIdOf } from '../origin.ts'
import type { ServiceSchema } from '../services.ts'
import { emitParked } from './handle-events.ts'
import { type Entry, isReadable, type Unreadable } from './read-batch.ts'
import { parkRow } from './rows.ts'

/** The fields of a log line about a message. */
export const logFieldsOf = (entry: Entry) => {
  const { topic, partition, offset } = entry.delivery
  const traceparent = isReadable(entry) ? entry.received.event.traceparent : undefined
  const trace = traceparent ? { trace_id: traceIdOf(traceparent) } : {}
  return { event_id: entry.id, type: entry.type, ...trace, topic, partition, offset }
}

/** Sets aside a message that cannot be read, and publishes that. */
export const park = async (tx: Tx, schema: ServiceSchema, entry: Unreadable) => {
  await parkRow(tx.$client, schema, entry, entry.reason)
  await emitParked(withOrigin(tx, rootOrigin()), schema, {
    event_id: entry.id,
    event_type: entry.type,
    // What it says of itself is not known to be true.
    user_id: null,
    topic: entry.delivery.topic,
    partition: entry.delivery.partition,
    offset: entry.delivery.offset,
    key: entry.delivery.key,
    reason: entry.reason,
    attempts: 0,
  })
}
