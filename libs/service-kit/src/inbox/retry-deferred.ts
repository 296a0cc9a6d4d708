import { parseMessage } from '@taskflow/event-contracts'
import type pg from 'pg'
import type { Clock } from '../clock.ts'
import { isConnectionLost, isOfDatabase, isOfService } from '../database/failures.ts'
import { type Transaction, type Tx, withOrigin } from '../database/transaction.ts'
import type { Log } from '../log.ts'
import { createLoop, type Loop } from '../loop.ts'
import type { Metrics } from '../metrics.ts'
import { originOf, rootOrigin, traceIdOf } from '../origin.ts'
import type { ServiceSchema } from '../services.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { Breaker } from './breaker.ts'
import { backOff, HandlerTimeout, type RetryPolicy, reasonOf, SubscriptionFault, serviceBackOff } from './failures.ts'
import { emitParked, handleEvents } from './handle-events.ts'
import {
  completeDeferred,
  type DeferredRow,
  dueKeys,
  failDeferred,
  lockFirstDeferred,
  nextAttempt,
} from './held-rows.ts'
import { forgetUser, forgottenUsers, lockDeletions } from './rows.ts'
import type { Delivery, ReceivedEvent, Subscription } from './subscription.ts'
import { type Handling, traceHandling } from './trace-handling.ts'

export interface RetryDeps {
  schema: ServiceSchema
  subscriptions: Subscription[]
  pool: pg.Pool
  transaction: Transaction
  breaker: Breaker
  clock: Clock
  log: Log
  tracing: Tracing
  metrics: Pick<Metrics, 'handlerRetries' | 'deadLetters'>
}

/**
 * Retries deferred events in the order of their key: only the first of a key is tried, and the next when that one is
 * done or parked. Any number of replicas may run it: each key is handled under an advisory lock.
 */
export const createRetryLoop = (deps: RetryDeps): Loop =>
  createLoop({
    name: 'deferred events',
    maxWait: 5_000,
    onError: (error) => deps.log.warn('deferred events could not be retried', { error }),
    step: async (signal) => {
      let found = 0
      for (const subscription of deps.subscriptions) {
        if ((await deps.breaker.admit(subscription.topic)) === 'paused') continue
        const keys = await dueKeys(deps.pool, deps.schema, subscription, deps.clock.now().toString())
        found += keys.length
        for (const { key } of keys) {
          if (signal.aborted) break
          try {
            while (await retryFirst(deps, subscription, key));
          } catch (error) {
            if (isConnectionLost(error)) throw error
            // Another transaction interfered: the other keys do not wait for this one.
            deps.log.warn('a deferred event could not be retried', { topic: subscription.topic, key, error })
          }
        }
      }
      // Another replica holds a due key that made no progress: check again soon.
      return found > 0 ? 100 : untilNext(deps)
    },
  })

/** How long an event waits for the replica that knows its version, in ms: a rollout. */
const rolloutTime = 86_400_000

const untilNext = async ({ pool, schema, clock }: RetryDeps): Promise<number> => {
  const now = clock.now()
  const at = await nextAttempt(pool, schema, now.toString())
  return at ? at.getTime() - now.epochMilliseconds : Number.POSITIVE_INFINITY
}

/** Tries the first event of a key; true when the next one may be tried at once. */
const retryFirst = async (deps: RetryDeps, subscription: Subscription, key: string): Promise<boolean> => {
  const { transaction, breaker, schema, log, tracing, metrics } = deps
  const { topic, retries } = subscription
  const admission = await breaker.admit(topic)
  if (admission === 'paused') return false
  const isTrial = admission === 'trial'
  /** Whether a failure shows that every event fails; deferred events may well have failed for one reason of their own. */
  const isFault = (error: unknown) => {
    const counts = error instanceof HandlerTimeout || isOfService(error)
    if (error instanceof UnreadableMessage) return false
    return isTrial || (counts && breaker.failed(topic, key, error))
  }
  const pause = async (error: unknown) => {
    await breaker.pause(topic, error)
    return false
  }
  let handling: Handling | undefined
  let failed: { row: DeferredRow; error: unknown } | undefined
  try {
    const isNextDue = await transaction(async (tx) => {
      const row = await lockFirstDeferred(tx, schema, { topic, key, retries }, tx.clock.now().toString())
      if (!row) return false
      await lockDeletions(tx.$client, schema, row.type)
      if (row.user_id && (await forgottenUsers(tx.$client, schema, [row.user_id])).size > 0) {
        // It was deferred or redriven after the account was deleted.
        await forgetUser(tx.$client, schema, row.user_id)
        return true
      }
      await tx.$client.query('SAVEPOINT event')
      handling = traceHandling(tracing, { consumer: tx.service, attempt: row.attempts + 1 })
      try {
        await handleEvents(subscription, [receivedOf(row)], tx, handling)
        await completeDeferred(tx.$client, schema, row.event_id, tx.clock.now().toString())
        tx.afterCommit.push(() => metrics.handlerRetries.inc({ topic, result: 'done' }))
        return true
      } catch (error) {
        failed = { row, error }
        if (error instanceof HandlerTimeout || isOfDatabase(error)) throw error
        handling.fail(error)
        if (isFault(error)) throw new SubscriptionFault(error)
        await tx.$client.query('ROLLBACK TO SAVEPOINT event')
        return recordFailure(tx, deps, { retries, row, error, handling })
      }
    })
    handling?.end()
    if (isNextDue && !failed) await breaker.succeeded(topic)
    return isNextDue
  } catch (error) {
    handling?.end(error)
    if (error instanceof SubscriptionFault) return pause(error.cause)
    if (error instanceof HandlerTimeout && failed && isFault(error)) return pause(error)
    if (!(error instanceof HandlerTimeout) || !failed) throw error
    // The connection of the hanging handler is gone; the failure is recorded on another one.
    const { row } = failed
    log.warn('a handler did not end', { event_id: row.event_id, topic })
    return transaction(async (tx) => {
      const still = await lockFirstDeferred(tx, schema, { topic, key, retries }, tx.clock.now().toString())
      return still?.event_id === row.event_id ? recordFailure(tx, deps, { retries, row, error, handling }) : false
    })
  }
}

/** Counts a failed attempt. True when the event was parked, so that the next of its key may be tried. */
const recordFailure = async (
  tx: Tx,
  { schema, log, metrics }: RetryDeps,
  failure: { retries: RetryPolicy; row: DeferredRow; error: unknown; handling: Handling | undefined },
): Promise<boolean> => {
  const { retries, row, error, handling } = failure
  const now = tx.clock.now()
  const age = now.epochMilliseconds - row.received_at.getTime()
  const isNewer = error instanceof UnreadableMessage && error.isNewer
  const isOurs = isOfService(error) || (isNewer && age < rolloutTime)
  const attempts = isOurs ? row.attempts : row.attempts + 1
  const reason = reasonOf(error)
  const parked = (!isOurs && attempts >= retries.maxAttempts) || (error instanceof UnreadableMessage && !isNewer)
  const nextAttemptAt = now.add({ milliseconds: isOurs ? serviceBackOff : backOff(retries, attempts) }).toString()
  await failDeferred(tx.$client, schema, row.event_id, {
    attempts,
    reason,
    ...(parked ? { parkedAt: now.toString() } : { nextAttemptAt }),
  })
  const message = parseMessage(row.topic, row.body)
  const trace_id = message.readable && message.event.traceparent ? traceIdOf(message.event.traceparent) : undefined
  const fields = { event_id: row.event_id, type: row.type, trace_id, topic: row.topic, attempts, reason }
  tx.afterCommit.push(() => {
    metrics.handlerRetries.inc({ topic: row.topic, result: 'failed' })
    if (parked) metrics.deadLetters.inc({ topic: row.topic })
  })
  if (parked) log.error('an event is given up and parked', fields)
  else log.warn('an event failed again', fields)
  if (parked) {
    const origin = message.readable ? originOf(message.event, handling?.traceparent) : rootOrigin()
    await emitParked(withOrigin(tx, origin), schema, {
      event_id: row.event_id,
      event_type: row.type,
      user_id: row.user_id,
      topic: row.topic,
      partition: row.partition,
      offset: row.kafka_offset,
      key: row.key,
      reason,
      attempts,
    })
  }
  return parked && retries.whenParked === 'continue'
}

const receivedOf = (row: DeferredRow): ReceivedEvent => {
  const delivery: Delivery = {
    entryId: '0',
    bytes: row.body,
    topic: row.topic,
    partition: row.partition,
    offset: row.kafka_offset,
    key: row.key,
    headers: row.headers,
  }
  const message = parseMessage(row.topic, row.body)
  // It may have been readable when it was deferred but not under today's contracts, or redriven without a fix.
  if (!message.readable) throw new UnreadableMessage(message.reason, message.isNewer)
  return { event: message.event, delivery }
}

/** A retry will not help: it is parked at once, unless its schema version is newer than this release. */
class UnreadableMessage extends Error {
  override name = 'UnreadableMessage'
  readonly isNewer: boolean
  constructor(reason: string, isNewer: boolean) {
    super(reason)
    this.isNewer = isNewer
  }
}
