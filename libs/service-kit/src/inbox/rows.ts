import type pg from 'pg'
import type { ServiceSchema } from '../services.ts'
import type { Delivery } from './subscription.ts'

/** A message with its id in the inbox: the event's own, or topic/partition/offset where it has none. */
export interface InboxEntry {
  id: string
  type: string | null
  user_id: string | null
  delivery: Delivery
}

/** The id of a message without one. The position stays the same when it is delivered again. */
export const positionOf = ({ topic, partition, offset }: Delivery): string => `${topic}/${partition}/${offset}`

/**
 * Inserts the rows of a batch as done (in the transaction that does it) and answers the ids that were not there before. One statement, sorted by id: two
 * replicas that get the same events wait for each other instead of deadlocking. The row is the lock: whoever comes
 * second waits here until the first has committed, and then finds the event taken.
 */
export const insertInbox = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  entries: InboxEntry[],
  now: string,
): Promise<Set<string>> => {
  const { rows } = await client.query<{ event_id: string }>({
    name: `inbox ${schema}`,
    text: `INSERT INTO ${schema}.inbox
       (event_id, state, type, user_id, topic, partition, kafka_offset, key, received_at, handled_at, attempts)
     SELECT id, 'done', type, user_id, topic, partition, kafka_offset, key, $8, $8, 0
     FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::int[], $6::bigint[], $7::text[])
       AS entry (id, type, user_id, topic, partition, kafka_offset, key)
     ORDER BY id
     ON CONFLICT (event_id) DO NOTHING
     RETURNING event_id`,
    values: [
      entries.map((e) => e.id),
      entries.map((e) => e.type),
      entries.map((e) => e.user_id),
      entries.map((e) => e.delivery.topic),
      entries.map((e) => e.delivery.partition),
      entries.map((e) => e.delivery.offset),
      entries.map((e) => e.delivery.key),
      now,
    ],
  })
  return new Set(rows.map((row) => row.event_id))
}

/** Keys of the topic that hold deferred events: later events of such a key must wait behind them. */
export const deferredKeys = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  topic: string,
  keys: string[],
): Promise<Set<string>> => {
  const { rows } = await client.query<{ key: string }>({
    name: `deferred keys ${schema}`,
    text: `SELECT DISTINCT key FROM ${schema}.inbox WHERE state = 'deferred' AND topic = $1 AND key = ANY ($2::text[])`,
    values: [topic, keys],
  })
  return new Set(rows.map((row) => row.key))
}

/** Users among these whose account is gone. */
export const forgottenUsers = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  userIds: string[],
): Promise<Set<string>> => {
  if (userIds.length === 0) return new Set()
  const { rows } = await client.query<{ user_id: string }>({
    name: `forgotten users ${schema}`,
    text: `SELECT user_id FROM ${schema}.forgotten_users WHERE user_id = ANY ($1::uuid[])`,
    values: [userIds],
  })
  return new Set(rows.map((row) => row.user_id))
}

/** Turns a row that was inserted as done into a deferred one: the event failed, or must wait behind one that did. */
export const deferRow = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  id: string,
  delivery: Delivery,
  failure: { attempts: number; nextAttemptAt: string; reason: string },
): Promise<void> => {
  await client.query(
    `UPDATE ${schema}.inbox SET state = 'deferred', handled_at = NULL, attempts = $2, next_attempt_at = $3, reason = $4,
            body = $5, headers = $6
     WHERE event_id = $1`,
    [
      id,
      failure.attempts,
      failure.nextAttemptAt,
      failure.reason,
      Buffer.from(delivery.bytes),
      JSON.stringify(delivery.headers),
    ],
  )
}

/** Turns a row that was inserted as done into a parked one: the message cannot be read, now or later. */
export const parkRow = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  { id, delivery }: InboxEntry,
  reason: string,
): Promise<void> => {
  await client.query(
    `UPDATE ${schema}.inbox SET state = 'parked', reason = $2, body = $3, headers = $4 WHERE event_id = $1`,
    [id, reason, Buffer.from(delivery.bytes), JSON.stringify(delivery.headers)],
  )
}

/** Keeps only the id of a user whose account is gone; whatever still waits of that user goes. */
export const forgetUser = async (client: pg.ClientBase, schema: ServiceSchema, userId: string): Promise<void> => {
  await client.query(`INSERT INTO ${schema}.forgotten_users (user_id) VALUES ($1) ON CONFLICT DO NOTHING`, [userId])
  await client.query(
    `UPDATE ${schema}.inbox SET state = 'discarded', reason = 'account deleted', body = NULL, headers = NULL
     WHERE user_id = $1 AND state IN ('deferred', 'parked')`,
    [userId],
  )
}
