import type pg from 'pg'
import type { ServiceSchema } from '../services.ts'
import type { OutboxRow } from './lanes.ts'
import { outboxChannel } from './wake.ts'

/** Tries to take the lock of an outbox, which the connection holds until it closes. */
export const takeLock = async (client: pg.ClientBase, schema: ServiceSchema): Promise<boolean> => {
  const { rows } = await client.query(`SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken`, [
    outboxChannel(schema),
  ])
  return rows[0].taken
}

/** The first rows by id that are not `known` yet. Not "id greater than the last": ids do not commit in order. */
export const readRows = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  known: string[],
  limit: number,
  bytes: number,
): Promise<OutboxRow[]> => {
  const { rows } = await client.query<OutboxRow>(
    `SELECT id, event_id, topic, key, event FROM (
       SELECT *, sum(octet_length(event)) OVER (ORDER BY id) - octet_length(event) AS bytes_before FROM (
         SELECT * FROM ${schema}.outbox WHERE id <> ALL ($1::bigint[]) ORDER BY id LIMIT $2
       ) AS first
     ) AS counted WHERE bytes_before < $3 ORDER BY id`,
    [known, limit, bytes],
  )
  return rows
}

/** Deletes rows that Kafka has acknowledged; their ids are kept for a day. */
export const forgetPublished = async (client: pg.ClientBase, schema: ServiceSchema, ids: string[]): Promise<void> => {
  await client.query(
    `WITH gone AS (DELETE FROM ${schema}.outbox WHERE id = ANY ($1::bigint[]) RETURNING event_id, topic, created_at)
     INSERT INTO ${schema}.outbox_published (event_id, topic, created_at) SELECT * FROM gone`,
    [ids],
  )
}

/** Moves a row that cannot be published out of the way, with the reason. */
export const setAside = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  id: string,
  reason: string,
): Promise<void> => {
  await client.query(
    `WITH gone AS (DELETE FROM ${schema}.outbox WHERE id = $1 RETURNING *)
     INSERT INTO ${schema}.outbox_rejected (id, event_id, topic, key, event, created_at, reason)
     SELECT id, event_id, topic, key, event, created_at, $2 FROM gone`,
    [id, reason],
  )
}

/** Deletes up to `limit` records of publishing that are older than a day. Returns how many were deleted. */
export const prunePublished = async (pool: pg.Pool, schema: ServiceSchema, limit: number): Promise<number> => {
  const { rowCount } = await pool.query(
    `DELETE FROM ${schema}.outbox_published WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM ${schema}.outbox_published WHERE published_at < now() - interval '24 hours' LIMIT $1))`,
    [limit],
  )
  return rowCount ?? 0
}
