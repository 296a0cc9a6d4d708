import { parseMessage, type Topic } from '@taskflow/event-contracts'
import type pg from 'pg'
import type { Clock } from '../clock.ts'
import { type Transaction, type Tx, withOrigin } from '../database/transaction.ts'
import type { Log } from '../log.ts'
import { createLoop, type Loop } from '../loop.ts'
import type { Metrics } from '../metrics.ts'
import { originOf, rootOrigin, traceIdOf } from '../origin.ts'
import type { ServiceSchema } from '../services.ts'
import { type Handling, traceHandling } from '../tracing/handling.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { backOff, HandlerTimeout, isTransient, maxAttempts, reasonOf } from './failures.ts'
import { emitParked, handleEvents } from './handle-events.ts'
import type { Delivery, ReceivedEvent, Subscription } from './subscription.ts'

export interface RetryDeps {
  schema: ServiceSchema
  subscriptions: Subscription[]
  pool: pg.Pool
  transaction: Transaction
  clock: Clock
  log: Log
  tracing: Tracing
  metrics: Pick<Metrics, 'handlerRetries' | 'deadLetters'>
}

interface DeferredRow {
  event_id: string
  type: string | null
  user_id: string | null
  topic: Topic
  partition: number
  kafka_offset: string
  key: string
  attempts: number
  body: Buffer
  headers: Record<string, string>
}

/**
 * Tries deferred events again, per key in their order: only the first of a key is tried, and the next when that one
 * is done or parked. Any number of replicas may run it: a key is worked on under an advisory lock.
 */
export const createRetryLoop = (deps: RetryDeps): Loop =>
  createLoop({
    name: 'deferred events',
    maxWait: 5_000,
    onError: (error) => deps.log.warn('deferred events could not be looked at', { error }),
    step: async (signal) => {
      const keys = await dueKeys(deps)
      for (const key of keys) {
        if (signal.aborted) break
        while (await retryFirst(deps, key));
      }
      // A due key that made no progress is held by another replica: looked at again shortly.
      return keys.length > 0 ? 100 : untilNext(deps)
    },
  })

interface Key {
  topic: Topic
  key: string
}

/** Keys whose first deferred event is due. */
const dueKeys = async ({ pool, schema, clock }: RetryDeps): Promise<Key[]> => {
  const { rows } = await pool.query<Key>(
    `SELECT topic, key FROM (
       SELECT DISTINCT ON (topic, key) topic, key, next_attempt_at FROM ${schema}.inbox
       WHERE state = 'deferred' ORDER BY topic, key, partition, kafka_offset
     ) AS first WHERE next_attempt_at <= $1 LIMIT 100`,
    [clock.now().toString()],
  )
  return rows
}

const untilNext = async ({ pool, schema, clock }: RetryDeps): Promise<number> => {
  const { rows } = await pool.query<{ at: Date | null }>(
    `SELECT min(next_attempt_at) AS at FROM ${schema}.inbox WHERE state = 'deferred' AND next_attempt_at > $1`,
    [clock.now().toString()],
  )
  const at = rows[0]?.at
  return at ? at.getTime() - clock.now().epochMilliseconds : Number.POSITIVE_INFINITY
}

/** Tries the first event of a key; true when the next one may be tried at once. */
const retryFirst = async (deps: RetryDeps, { topic, key }: Key): Promise<boolean> => {
  const { transaction, schema, subscriptions, log, tracing, metrics } = deps
  let handling: Handling | undefined
  let failed: { row: DeferredRow; error: unknown } | undefined
  try {
    const isNextDue = await transaction(async (tx) => {
      const row = await lockFirst(tx, schema, topic, key)
      const subscription = subscriptions.find((each) => each.topic === topic)
      if (!row || !subscription) return false
      await tx.$client.query('SAVEPOINT event')
      handling = traceHandling(tracing, { consumer: tx.service, attempt: row.attempts + 1 })
      try {
        await handleEvents(subscription, [receivedOf(row)], tx, handling)
        await tx.$client.query(
          `UPDATE ${schema}.inbox SET state = 'done', handled_at = $2, attempts = attempts + 1, reason = NULL, body = NULL, headers = NULL
           WHERE event_id = $1`,
          [row.event_id, tx.clock.now().toString()],
        )
        tx.afterCommit.push(() => metrics.handlerRetries.inc({ topic, result: 'done' }))
        return true
      } catch (error) {
        failed = { row, error }
        if (error instanceof HandlerTimeout || isTransient(error)) throw error
        handling.fail(error)
        await tx.$client.query('ROLLBACK TO SAVEPOINT event')
        return recordFailure(tx, deps, row, error, handling)
      }
    })
    handling?.end()
    return isNextDue
  } catch (error) {
    handling?.end(error)
    if (!(error instanceof HandlerTimeout) || !failed) throw error
    // The hanging handler's connection is gone; the failure is written down on another one.
    const { row } = failed
    log.warn('a handler did not end', { event_id: row.event_id, topic })
    return transaction(async (tx) => {
      const still = await lockFirst(tx, schema, topic, key)
      return still?.event_id === row.event_id ? recordFailure(tx, deps, row, error, handling) : false
    })
  }
}

/** The first deferred event of a key that is due, or undefined: none, not yet due, or another replica is at it. */
const lockFirst = async (
  tx: Tx,
  schema: ServiceSchema,
  topic: Topic,
  key: string,
): Promise<DeferredRow | undefined> => {
  const lock = await tx.$client.query('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 1)) AS taken', [
    `${schema} ${topic} ${key}`,
  ])
  if (!lock.rows[0].taken) return undefined
  const { rows } = await tx.$client.query<DeferredRow & { due: boolean }>(
    `SELECT event_id, type, user_id, topic, partition, kafka_offset, key, attempts, body, headers, next_attempt_at <= $3 AS due
     FROM ${schema}.inbox WHERE state = 'deferred' AND topic = $1 AND key = $2
     ORDER BY partition, kafka_offset LIMIT 1 FOR UPDATE`,
    [topic, key, tx.clock.now().toString()],
  )
  return rows[0]?.due ? rows[0] : undefined
}

/** Counts a failed attempt. True when the event was parked, so that the next of its key may be tried. */
const recordFailure = async (
  tx: Tx,
  { schema, log, metrics }: RetryDeps,
  row: DeferredRow,
  error: unknown,
  handling: Handling | undefined,
): Promise<boolean> => {
  const attempts = row.attempts + 1
  const reason = reasonOf(error)
  const parked = attempts >= maxAttempts || (error instanceof UnreadableMessage && !error.isNewer)
  await tx.$client.query(
    `UPDATE ${schema}.inbox SET state = $2, attempts = $3, reason = $4, next_attempt_at = $5, handled_at = $6 WHERE event_id = $1`,
    [
      row.event_id,
      parked ? 'parked' : 'deferred',
      attempts,
      reason,
      parked
        ? null
        : tx.clock
            .now()
            .add({ milliseconds: backOff(attempts) })
            .toString(),
      parked ? tx.clock.now().toString() : null,
    ],
  )
  const message = parseMessage(row.topic, row.body)
  const trace_id = message.readable && message.event.traceparent ? traceIdOf(message.event.traceparent) : undefined
  const told = { event_id: row.event_id, type: row.type, trace_id, topic: row.topic, attempts, reason }
  tx.afterCommit.push(() => {
    metrics.handlerRetries.inc({ topic: row.topic, result: 'failed' })
    if (parked) metrics.deadLetters.inc({ topic: row.topic })
  })
  if (parked) log.error('an event is given up and parked', told)
  else log.warn('an event failed again', told)
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
  return parked
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
  // Readable when it was deferred, perhaps not to the contracts of today; or redriven though nothing has changed.
  if (!message.readable) throw new UnreadableMessage(message.reason, message.isNewer)
  return { event: message.event, delivery }
}

/** Trying again will not help, and it is parked at once, unless it is newer than this release. */
class UnreadableMessage extends Error {
  override name = 'UnreadableMessage'
  readonly isNewer: boolean
  constructor(reason: string, isNewer: boolean) {
    super(reason)
    this.isNewer = isNewer
  }
}
