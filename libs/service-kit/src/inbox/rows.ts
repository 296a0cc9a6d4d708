import type pg from 'pg'
import { type ServiceSchema, services } from '../services.ts'
import type { Delivery, Subscription } from './subscription.ts'

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
 * Inserts the rows of a batch as done (in the transaction that does it) and returns the ids that are new. One
 * statement, sorted by id: two replicas that get the same events wait for each other instead of deadlocking. The row is
 * the lock: the second replica waits here until the first has committed, and then finds the event taken.
 */
export const insertInbox = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  entries: InboxEntry[],
  now: string,
): Promise<Set<string>> => {
  // A deletion waits for what other replicas are handling, and they for it: no event of a deleted person slips through.
  const isDeletion = entries.some(({ type }) => type === 'user.deleted')
  const lock = isDeletion ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared'
  const { rows } = await client.query<{ event_id: string }>({
    name: `inbox ${schema} ${isDeletion}`,
    text: `INSERT INTO ${schema}.inbox
       (event_id, state, type, user_id, topic, partition, kafka_offset, key, received_at, handled_at, attempts)
     SELECT id, 'done', type, user_id, topic, partition, kafka_offset, key, $8, $8, 0
     FROM unnest($1::text[], $2::text[], $3::uuid[], $4::text[], $5::int[], $6::bigint[], $7::text[])
       AS entry (id, type, user_id, topic, partition, kafka_offset, key), (SELECT ${lock}($9)) AS deletions
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
      deletionLock(schema),
    ],
  })
  return new Set(rows.map((row) => row.event_id))
}

/** The key of the lock between deletions of accounts and everything else that one service handles. */
const deletionLock = (schema: ServiceSchema): number =>
  7_357_000 + Object.values(services).findIndex((each) => each.schema === schema)

/** The same lock, for an event that is handled again. */
export const lockDeletions = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  type: string | null,
): Promise<void> => {
  const lock = type === 'user.deleted' ? 'pg_advisory_xact_lock' : 'pg_advisory_xact_lock_shared'
  await client.query(`SELECT ${lock}($1)`, [deletionLock(schema)])
}

/** States of an event that hold up the later ones of its key. */
export const holding = ({ retries }: Pick<Subscription, 'retries'>) =>
  retries.whenParked === 'hold' ? `('deferred', 'parked')` : `('deferred')`

/** Keys of the topic with an event that later events of the key must wait behind. */
export const heldKeys = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  subscription: Pick<Subscription, 'topic' | 'retries'>,
  keys: string[],
): Promise<Set<string>> => {
  const { rows } = await client.query<{ key: string }>({
    name: `held keys ${schema} ${subscription.topic}`,
    text: `SELECT DISTINCT key FROM ${schema}.inbox
           WHERE state IN ${holding(subscription)} AND topic = $1 AND key = ANY ($2::text[])`,
    values: [subscription.topic, keys],
  })
  return new Set(rows.map((row) => row.key))
}

/** Those of the users whose account was deleted. */
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

/** Turns a row that was inserted as done into a discarded one: the account of its user was deleted. */
export const discardRow = async (client: pg.ClientBase, schema: ServiceSchema, id: string): Promise<void> => {
  await client.query(`UPDATE ${schema}.inbox SET state = 'discarded', reason = 'account deleted' WHERE event_id = $1`, [
    id,
  ])
}

/** Remembers that the account of a user was deleted, and discards that user's deferred and parked events. */
export const forgetUser = async (client: pg.ClientBase, schema: ServiceSchema, userId: string): Promise<void> => {
  await client.query(`INSERT INTO ${schema}.forgotten_users (user_id) VALUES ($1) ON CONFLICT DO NOTHING`, [userId])
  await client.query(
    `UPDATE ${schema}.inbox SET state = 'discarded', reason = 'account deleted', body = NULL, headers = NULL
     WHERE user_id = $1 AND state IN ('deferred', 'parked')`,
    [userId],
  )
}

/**
 * Deletes up to `limit` rows twice as old as Kafka keeps their message: it cannot be delivered again. Deferred and
 * parked events stay. Returns how many were deleted.
 */
export const pruneInbox = async (pool: pg.Pool, schema: ServiceSchema, limit: number): Promise<number> => {
  const { rowCount } = await pool.query(
    `DELETE FROM ${schema}.inbox WHERE event_id IN (
       SELECT event_id FROM ${schema}.inbox
       WHERE state IN ('done', 'discarded')
         AND received_at < now() - CASE topic WHEN 'dead-letters' THEN interval '60 days' ELSE interval '15 days' END
         AND received_at < now() - interval '15 days'
       ORDER BY received_at LIMIT $1)`,
    [limit],
  )
  return rowCount ?? 0
}
