import { parseMessage, type Topic } from '@taskflow/event-contracts'
import { isOfDatabase } from '../database/failures.ts'
import { type Transaction, type Tx, withOrigin } from '../database/transaction.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import { rootOrigin, traceIdOf } from '../origin.ts'
import type { ServiceName, ServiceSchema } from '../services.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { storable } from './decode-delivery.ts'
import { backOff, HandlerTimeout, reasonOf } from './failures.ts'
import { emitParked, handleEvents, isIgnored } from './handle-events.ts'
import {
  deferRow,
  deferredKeys,
  discardRow,
  forgottenUsers,
  type InboxEntry,
  insertInbox,
  parkRow,
  positionOf,
} from './rows.ts'
import type { Delivery, ReceivedEvent, Subscription } from './subscription.ts'
import { type Handling, traceHandling } from './trace-handling.ts'

export interface ReceiveDeps {
  service: ServiceName
  schema: ServiceSchema
  transaction: Transaction
  log: Log
  tracing: Tracing
  metrics: Pick<Metrics, 'eventsTaken' | 'handleDuration' | 'eventDelay' | 'deliveriesRefused' | 'deadLetters'>
}

/** The answer to the sidecar: SUCCESS once the tables hold everything needed to handle the batch. */
export type ReceiveResult = 'SUCCESS' | 'RETRY'

/** A message of the batch that could be read, or why not. */
type Readable = InboxEntry & { received: ReceivedEvent }
/** `isNewer`: a replica of a newer release can read it. */
type Unreadable = InboxEntry & { reason: string; isNewer: boolean }
type Entry = Readable | Unreadable

/** The outcome of a batch: the events that were handled, and how many were not. */
interface Taken {
  done: Readable[]
  parked: number
  deferred: number
  discarded: number
  duplicate: number
}

const isReadable = (entry: Entry): entry is Readable => 'received' in entry

/**
 * Takes a batch of one partition into the inbox: rows and effects are one transaction. The first try runs the
 * handlers without savepoints, which is what nearly always happens; when a handler fails, everything is rolled back
 * and the batch runs again with a savepoint around each event. A failed event is deferred together with the later
 * ones of its key, and the rest commits. RETRY only when nothing could be written.
 */
export const createReceive =
  ({ service, schema, transaction, log, tracing, metrics }: ReceiveDeps) =>
  async (subscription: Subscription, deliveries: Delivery[]): Promise<ReceiveResult> => {
    const batch = readBatch(subscription, deliveries)
    if (batch.length === 0) return 'SUCCESS'
    /** Events whose handler timed out: not run again in this delivery; their connection was given up. */
    const overdue = new Map<string, HandlerTimeout>()
    let careful = false
    const { topic } = subscription
    const end = metrics.handleDuration.startTimer({ topic })
    while (true) {
      const handling = traceHandling(tracing, { consumer: service, attempt: 1 })
      const options = { careful, overdue, log, handling }
      try {
        const taken = await transaction((tx) => takeBatch(tx, schema, subscription, batch, options))
        handling.end()
        end()
        count(metrics, topic, taken)
        if (log.isDebugEnabled()) for (const entry of taken.done) log.debug('an event was handled', logFieldsOf(entry))
        return 'SUCCESS'
      } catch (error) {
        handling.end(error)
        if (error instanceof HandlerTimeout) {
          if (error.event_id !== undefined) overdue.set(error.event_id, error)
        } else if (isOfDatabase(error) || careful) {
          log.warn('a batch could not be taken and will be delivered again', { topic, error })
          metrics.deliveriesRefused.inc({ topic })
          return 'RETRY'
        }
        careful = true
      }
    }
  }

const count = (metrics: ReceiveDeps['metrics'], topic: Topic, { done, ...others }: Taken): void => {
  for (const [outcome, count] of Object.entries({ done: done.length, ...others }))
    metrics.eventsTaken.inc({ topic, outcome }, count)
  if (others.parked > 0) metrics.deadLetters.inc({ topic }, others.parked)
  for (const { received } of done) {
    // Events of older systems may have no valid time.
    const delay = (Date.now() - Date.parse(received.event.time)) / 1_000
    if (Number.isFinite(delay)) metrics.eventDelay.observe({ topic }, Math.max(0, delay))
  }
}

/** Parses the messages. Leaves out events that this service ignores, and second copies within the batch. */
const readBatch = (subscription: Subscription, deliveries: Delivery[]): Entry[] => {
  const entries = new Map<string, Entry>()
  for (const delivery of deliveries) {
    const message = parseMessage(subscription.topic, delivery.bytes)
    if (message.readable && message.event.id === '') message.event.id = positionOf(delivery)
    const entry: Entry = message.readable
      ? {
          id: message.event.id,
          type: message.event.type,
          user_id: message.event.data.user_id,
          delivery,
          received: { event: message.event, delivery },
        }
      : {
          id: storable(message.id ?? positionOf(delivery)),
          type: message.type && storable(message.type),
          user_id: null,
          reason: storable(message.reason),
          isNewer: message.isNewer,
          delivery,
        }
    const type = message.readable ? message.event.type : message.isNewer && message.type
    if (type && isIgnored(subscription.handlers[type])) continue
    if (!entries.has(entry.id)) entries.set(entry.id, entry)
  }
  return [...entries.values()]
}

const takeBatch = async (
  tx: Tx,
  schema: ServiceSchema,
  subscription: Subscription,
  batch: Entry[],
  options: { careful: boolean; overdue: Map<string, HandlerTimeout>; log: Log; handling: Handling },
): Promise<Taken> => {
  const { careful, overdue, log, handling } = options
  const now = tx.clock.now()
  const client = tx.$client
  const isNew = await insertInbox(client, schema, batch, now.toString())
  const fresh = batch.filter((entry) => isNew.has(entry.id))
  const parked = fresh.filter((entry): entry is Unreadable => !isReadable(entry) && !entry.isNewer)
  for (const entry of parked) {
    log.error('a message cannot be read and is parked', { ...logFieldsOf(entry), reason: entry.reason })
    await park(tx, schema, entry)
  }
  const others = fresh.filter((entry) => isReadable(entry) || entry.isNewer)
  const duplicate = batch.length - fresh.length
  const taken: Taken = { done: [], parked: parked.length, deferred: 0, discarded: 0, duplicate }
  if (others.length === 0) return taken

  const held = await deferredKeys(
    client,
    schema,
    subscription.topic,
    others.map((entry) => entry.delivery.key),
  )
  const gone = await forgottenUsers(client, schema, [...new Set(others.flatMap((entry) => entry.user_id ?? []))])
  const runnable: Readable[] = []
  for (const entry of others) {
    if (entry.user_id !== null && gone.has(entry.user_id)) {
      await discardRow(client, schema, entry.id)
      taken.discarded++
    } else if (held.has(entry.delivery.key)) {
      await deferBehind(entry)
    } else if (!isReadable(entry)) await defer(entry, entry.reason)
    else runnable.push(entry)
  }

  if (!careful) {
    await handleEvents(
      subscription,
      runnable.map((entry) => entry.received),
      tx,
      handling,
    )
    taken.done = runnable
    return taken
  }

  for (const entry of runnable) {
    if (held.has(entry.delivery.key)) {
      await deferBehind(entry)
      continue
    }
    const failure = overdue.get(entry.id) ?? (await tryOne(entry))
    if (failure === undefined) taken.done.push(entry)
    else await defer(entry, reasonOf(failure))
  }
  return taken

  async function defer(entry: Entry, reason: string) {
    held.add(entry.delivery.key)
    taken.deferred++
    log.warn('an event failed and is deferred', { ...logFieldsOf(entry), reason })
    await deferRow(client, schema, entry.id, entry.delivery, {
      attempts: 1,
      nextAttemptAt: now.add({ milliseconds: backOff(1) }).toString(),
      reason,
    })
  }

  async function deferBehind(entry: InboxEntry) {
    taken.deferred++
    await deferRow(client, schema, entry.id, entry.delivery, {
      attempts: 0,
      nextAttemptAt: now.toString(),
      reason: 'waits behind an earlier event of its key',
    })
  }

  async function tryOne(entry: Readable): Promise<unknown> {
    await client.query('SAVEPOINT event')
    try {
      await handleEvents(subscription, [entry.received], tx, handling)
      await client.query('RELEASE SAVEPOINT event')
      return undefined
    } catch (error) {
      if (error instanceof HandlerTimeout || isOfDatabase(error)) throw error
      handling.fail(error)
      await client.query('ROLLBACK TO SAVEPOINT event')
      return error
    }
  }
}

/** The fields of a log line about a message. */
const logFieldsOf = (entry: Entry) => {
  const { topic, partition, offset } = entry.delivery
  const traceparent = isReadable(entry) ? entry.received.event.traceparent : undefined
  const trace = traceparent ? { trace_id: traceIdOf(traceparent) } : {}
  return { event_id: entry.id, type: entry.type, ...trace, topic, partition, offset }
}

const park = async (tx: Tx, schema: ServiceSchema, entry: Unreadable) => {
  await parkRow(tx.$client, schema, entry, entry.reason)
  await emitParked(withOrigin(tx, rootOrigin()), schema, {
    event_id: entry.id,
    event_type: entry.type,
    user_id: entry.user_id,
    topic: entry.delivery.topic,
    partition: entry.delivery.partition,
    offset: entry.delivery.offset,
    key: entry.delivery.key,
    reason: entry.reason,
    attempts: 0,
  })
}
