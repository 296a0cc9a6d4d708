import type pg from 'pg'
import type { ServiceSchema } from '../services.ts'
import type { OutboxRow } from './lanes.ts'
import { outboxChannel } from './wake.ts'

/** Asks for the right to publish an outbox, which the connection keeps as long as it lives. */
export const takeLock = async (client: pg.ClientBase, schema: ServiceSchema): Promise<boolean> => {
  const { rows } = await client.query(`SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS taken`, [
    outboxChannel(schema),
  ])
  return rows[0].taken
}

/** The first rows, in the order of their ids, that are not `known` yet. */
export const readRows = async (
  client: pg.ClientBase,
  schema: ServiceSchema,
  known: string[],
  limit: number,
): Promise<OutboxRow[]> => {
  const { rows } = await client.query<OutboxRow>(
    `SELECT id, event_id, topic, key, event FROM ${schema}.outbox WHERE id <> ALL ($1::bigint[]) ORDER BY id LIMIT $2`,
    [known, limit],
  )
  return rows
}

/** Takes rows out of the outbox that are in Kafka; their ids are remembered. */
export const forgetPublished = async (client: pg.ClientBase, schema: ServiceSchema, ids: string[]): Promise<void> => {
  await client.query(
    `WITH gone AS (DELETE FROM ${schema}.outbox WHERE id = ANY ($1::bigint[]) RETURNING event_id, topic, created_at)
     INSERT INTO ${schema}.outbox_published (event_id, topic, created_at) SELECT * FROM gone`,
    [ids],
  )
}

/** Sets a row aside that cannot be published, with the reason. */
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
