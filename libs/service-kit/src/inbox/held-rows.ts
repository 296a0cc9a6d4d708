import type { Topic } from '@taskflow/event-contracts'
import type pg from 'pg'
import { tryAdvisoryLock } from '../database/advisory-lock.ts'
import type { Tx } from '../database/transaction.ts'
import type { ServiceSchema } from '../services.ts'
import { holding } from './rows.ts'
import type { Subscription } from './subscription.ts'

/** A deferred event with its content. */
export interface DeferredRow {
  event_id: string
  type: string | null
  user_id: string | null
  topic: Topic
  partition: number
  kafka_offset: string
  key: string
  attempts: number
  received_at: Date
  body: Buffer
  headers: Record<string, string>
}

/** A key of a topic: its events are handled in order. */
export interface TopicKey {
  topic: Topic
  key: string
}

/** Up to 100 keys of the subscription whose first held event is deferred and due. */
export const dueKeys = async (
  pool: pg.Pool,
  schema: ServiceSchema,
  subscription: Pick<Subscription, 'topic' | 'retries'>,
  now: string,
): Promise<TopicKey[]> => {
  const { rows } = await pool.query<TopicKey>(
    `SELECT topic, key FROM (
       SELECT DISTINCT ON (key) topic, key, state, next_attempt_at FROM ${schema}.inbox
       WHERE state IN ${holding(subscription)} AND topic = $2 ORDER BY key, partition, kafka_offset
     ) AS first WHERE state = 'deferred' AND next_attempt_at <= $1 LIMIT 100`,
    [now, subscription.topic],
  )
  return rows
}

/** When the next deferred event is due that is not due yet. */
export const nextAttempt = async (pool: pg.Pool, schema: ServiceSchema, now: string): Promise<Date | undefined> => {
  const { rows } = await pool.query<{ at: Date | null }>(
    `SELECT min(next_attempt_at) AS at FROM ${schema}.inbox WHERE state = 'deferred' AND next_attempt_at > $1`,
    [now],
  )
  return rows[0]?.at ?? undefined
}

/** Locks the first deferred event of a key; undefined when there is none, it is not due, or another replica has it. */
export const lockFirstDeferred = async (
  tx: Pick<Tx, '$client'>,
  schema: ServiceSchema,
  { topic, key, retries }: TopicKey & Pick<Subscription, 'retries'>,
  now: string,
): Promise<DeferredRow | undefined> => {
  if (!(await tryAdvisoryLock(tx, 'retry', `${schema} ${topic} ${key}`))) return undefined
  const { rows } = await tx.$client.query<DeferredRow & { due: boolean }>(
    `SELECT event_id, type, user_id, topic, partition, kafka_offset, key, attempts, received_at, body, headers,
            state = 'deferred' AND next_attempt_at <= $3 AS due
     FROM ${schema}.inbox WHERE state IN ${holding({ retries })} AND topic = $1 AND key = $2
     ORDER BY partition, kafka_offset LIMIT 1 FOR UPDATE`,
    [topic, key, now],
  )
  return rows[0]?.due ? rows[0] : undefined
}

/** A deferred event was handled: its content is no longer needed. */
export const completeDeferred = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  id: string,
  now: string,
): Promise<void> => {
  await client.query(
    `UPDATE ${schema}.inbox
     SET state = 'done', handled_at = $2, attempts = attempts + 1, reason = NULL, body = NULL, headers = NULL
     WHERE event_id = $1`,
    [id, now],
  )
}

/** A deferred event failed again: it stays deferred until `nextAttemptAt`, or is parked at `parkedAt`. */
export const failDeferred = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  id: string,
  failure: { attempts: number; reason: string } & ({ nextAttemptAt: string } | { parkedAt: string }),
): Promise<void> => {
  const isParked = 'parkedAt' in failure
  await client.query(
    `UPDATE ${schema}.inbox SET state = $2, attempts = $3, reason = $4, next_attempt_at = $5, handled_at = $6
     WHERE event_id = $1`,
    [
      id,
      isParked ? 'parked' : 'deferred',
      failure.attempts,
      failure.reason,
      isParked ? null : failure.nextAttemptAt,
      isParked ? failure.parkedAt : null,
    ],
  )
}
