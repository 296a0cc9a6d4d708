import { setTimeout as delay } from 'node:timers/promises'
import type { Topic } from '@taskflow/event-contracts'
import { isOfDatabase, isOfService } from '../database/failures.ts'
import type { SchemaGate } from '../database/schema-gate.ts'
import type { Transaction, Tx } from '../database/transaction.ts'
import type { Log } from '../log.ts'
import type { Metrics } from '../metrics.ts'
import type { ServiceName, ServiceSchema } from '../services.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Breaker } from './breaker.ts'
import { backOff, HandlerTimeout, reasonOf, SubscriptionFault, serviceBackOff } from './failures.ts'
import { handleEvents } from './handle-events.ts'
import { logFieldsOf, park } from './park.ts'
import { type Entry, isReadable, type Readable, readBatch, type Unreadable } from './read-batch.ts'
import { deferRow, discardRow, forgottenUsers, heldKeys, type InboxEntry, insertInbox } from './rows.ts'
import type { Delivery, Subscription } from './subscription.ts'
import { type Handling, traceHandling } from './trace-handling.ts'

export interface ReceiveDeps {
  service: ServiceName
  schema: ServiceSchema
  transaction: Transaction
  breaker: Breaker
  gate: Pick<SchemaGate, 'problem'>
  log: Log
  tracing: Tracing
  metrics: Pick<Metrics, 'eventsTaken' | 'handleDuration' | 'eventDelay' | 'deliveriesRefused' | 'deadLetters'>
}

/** The answer to the sidecar: SUCCESS once the tables hold everything needed to handle the batch. */
export type ReceiveResult = 'SUCCESS' | 'RETRY'

/** The outcome of a batch: the events that were handled, and how many were not. */
interface Taken {
  done: Readable[]
  parked: number
  deferred: number
  discarded: number
  duplicate: number
}

/** How long a delivery of a paused subscription waits for its answer, in ms: the sidecar delivers again at once. */
const pausedFor = 1_000

/** Handlers that a delivery waits for until their timeout; then its other events are left to the retry loop. */
const maxTimeouts = 2

/**
 * Takes a batch of one partition into the inbox: rows and effects are one transaction. The first try runs the
 * handlers without savepoints, which is what nearly always happens; when a handler fails, everything is rolled back
 * and the batch runs again with a savepoint around each event. A failed event is deferred together with the later
 * ones of its key, and the rest commits. RETRY only when nothing could be written, or while the subscription is paused.
 */
export const createReceive =
  ({ service, schema, transaction, breaker, gate, log, tracing, metrics }: ReceiveDeps) =>
  async (subscription: Subscription, deliveries: Delivery[]): Promise<ReceiveResult> => {
    const batch = readBatch(subscription, deliveries)
    if (batch.length === 0) return 'SUCCESS'
    /** Events whose handler timed out: not run again in this delivery; their connection was given up. */
    const overdue = new Map<string, HandlerTimeout>()
    const worked = new Set<string>()
    let timeouts = 0
    let careful = false
    const { topic } = subscription
    const admission = (await gate.problem()) ? 'paused' : await breaker.admit(topic)
    if (admission === 'paused') {
      metrics.deliveriesRefused.inc({ topic })
      await delay(pausedFor, undefined, { ref: false })
      return 'RETRY'
    }
    const isTrial = admission === 'trial'
    let mayPause = true
    const end = metrics.handleDuration.startTimer({ topic })
    while (true) {
      const handling = traceHandling(tracing, { consumer: service, attempt: 1 })
      const options = {
        ...{ careful, overdue, worked, isOut: timeouts >= maxTimeouts, log, handling },
        ...{ breaker: mayPause ? breaker : undefined, isTrial },
      }
      try {
        const taken = await transaction((tx) => takeBatch(tx, schema, subscription, batch, options))
        handling.end()
        end()
        if (taken.done.length > 0) await breaker.succeeded(topic)
        count(metrics, topic, taken)
        if (log.isDebugEnabled()) for (const entry of taken.done) log.debug('an event was handled', logFieldsOf(entry))
        return 'SUCCESS'
      } catch (error) {
        handling.end(error)
        if (error instanceof SubscriptionFault) {
          if (await breaker.pause(topic, error.cause)) {
            metrics.deliveriesRefused.inc({ topic })
            return 'RETRY'
          }
          mayPause = false
        } else if (error instanceof HandlerTimeout && timeouts < maxTimeouts) {
          timeouts++
          if (error.event_id !== undefined) overdue.set(error.event_id, error)
        } else if (isOfDatabase(error) || careful || error instanceof HandlerTimeout) {
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

const takeBatch = async (
  tx: Tx,
  schema: ServiceSchema,
  subscription: Subscription,
  batch: Entry[],
  options: {
    careful: boolean
    overdue: Map<string, HandlerTimeout>
    /** Ids of events whose handlers have succeeded in an earlier try of this delivery. */
    worked: Set<string>
    /** Enough handlers did not end: only events that worked before are handled. */
    isOut: boolean
    /** Without it, the subscription is not paused. */
    breaker: Breaker | undefined
    /** The subscription is paused: it stays so unless an event is handled. */
    isTrial: boolean
    log: Log
    handling: Handling
  },
): Promise<Taken> => {
  const { careful, overdue, worked, isOut, breaker, isTrial, log, handling } = options
  const now = tx.clock.now()
  const client = tx.$client
  const isNew = await insertInbox(client, schema, batch, now.toString())
  const fresh = batch.filter((entry) => isNew.has(entry.id))
  const gone = await forgottenUsers(client, schema, [...new Set(fresh.flatMap((entry) => entry.user_id ?? []))])
  const isGone = ({ user_id }: Entry) => user_id !== null && gone.has(user_id)
  const parked = fresh.filter((entry): entry is Unreadable => !isReadable(entry) && !entry.isNewer && !isGone(entry))
  for (const entry of parked) {
    log.error('a message cannot be read and is parked', { ...logFieldsOf(entry), reason: entry.reason })
    await park(tx, schema, entry)
  }
  const others = fresh.filter((entry) => isReadable(entry) || entry.isNewer || isGone(entry))
  const duplicate = batch.length - fresh.length
  const taken: Taken = { done: [], parked: parked.length, deferred: 0, discarded: 0, duplicate }
  if (others.length === 0) return taken

  const held = await heldKeys(
    client,
    schema,
    subscription,
    others.map((entry) => entry.delivery.key),
  )
  const runnable: Readable[] = []
  for (const entry of others) {
    if (isGone(entry)) {
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

  let last: unknown
  for (const entry of runnable) {
    if (held.has(entry.delivery.key)) {
      await deferBehind(entry)
      continue
    }
    if (isOut && !overdue.has(entry.id) && !worked.has(entry.id)) {
      held.add(entry.delivery.key)
      await deferBehind(entry, 'not tried: other handlers of its delivery did not end')
      continue
    }
    const failure = overdue.get(entry.id) ?? (await tryOne(entry))
    if (failure === undefined) taken.done.push(entry)
    else {
      last = failure
      const isEnough = breaker?.failed(subscription.topic, entry.delivery.key, failure)
      // A trial tries every key of its delivery: one that works is enough.
      if (isEnough && !isTrial && taken.done.length === 0) throw new SubscriptionFault(failure)
      await defer(entry, reasonOf(failure), isOfService(failure) ? 0 : 1)
    }
  }
  if (breaker && isTrial && last !== undefined && taken.done.length === 0) throw new SubscriptionFault(last)
  return taken

  async function defer(entry: Entry, reason: string, attempts = 1) {
    held.add(entry.delivery.key)
    taken.deferred++
    log.warn('an event failed and is deferred', { ...logFieldsOf(entry), reason })
    await deferRow(client, schema, entry.id, entry.delivery, {
      attempts,
      nextAttemptAt: now
        .add({ milliseconds: attempts === 0 ? serviceBackOff : backOff(subscription.retries, 1) })
        .toString(),
      reason,
    })
  }

  async function deferBehind(entry: InboxEntry, reason = 'waits behind an earlier event of its key') {
    taken.deferred++
    await deferRow(client, schema, entry.id, entry.delivery, {
      attempts: 0,
      nextAttemptAt: now.toString(),
      reason,
    })
  }

  async function tryOne(entry: Readable): Promise<unknown> {
    await client.query('SAVEPOINT event')
    try {
      await handleEvents(subscription, [entry.received], tx, handling)
      await client.query('RELEASE SAVEPOINT event')
      worked.add(entry.id)
      return undefined
    } catch (error) {
      if (error instanceof HandlerTimeout || isOfDatabase(error)) throw error
      handling.fail(error)
      await client.query('ROLLBACK TO SAVEPOINT event')
      return error
    }
  }
}
