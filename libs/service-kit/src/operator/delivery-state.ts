import type pg from 'pg'
import type { ServiceSchema } from '../services.ts'

/** The state of delivery at one service. Ages are in seconds, null when there is nothing. Beyond 100,000, counts are estimates. */
export interface DeliveryState {
  outbox: { waiting: number; oldest_age: number | null; rejected: number; published_last_minute: number }
  /** `size`: about how many rows the inbox has, done ones included. */
  inbox: { size: number; deferred: number; parked: number; oldest_age: number | null }
  /** Why rows wait in the outbox; null while publishing works or another replica publishes. */
  publishing_trouble: string | null
}

/** Rows that are counted; a backlog that is larger is estimated, so that it can be seen when it matters. */
const counted = 100_000

/** What alerts need: how long events have waited for the relay, and how many are held back. */
export const readHeldBack = async (pool: pg.Pool, schema: ServiceSchema) => {
  const held = `FROM ${schema}.inbox WHERE state IN ('deferred', 'parked')`
  const { rows } = await pool.query<{
    waiting_age: number | null
    held_age: number | null
    deferred: number
    parked: number
    held: number
  }>(
    `SELECT (SELECT extract(epoch FROM now() - created_at)::float FROM ${schema}.outbox ORDER BY id LIMIT 1) AS waiting_age,
            (SELECT extract(epoch FROM now() - received_at)::float ${held} ORDER BY received_at LIMIT 1) AS held_age,
            (SELECT greatest(reltuples, 0)::int FROM pg_class WHERE oid = '${schema}.inbox_parked'::regclass) AS held,
            counts.*
     FROM (SELECT count(*) FILTER (WHERE state = 'deferred')::int AS deferred,
                  count(*) FILTER (WHERE state = 'parked')::int AS parked
           FROM (SELECT state ${held} ORDER BY received_at LIMIT ${counted}) AS first) AS counts`,
  )
  const { deferred, parked, held: estimate, ...ages } = rows[0]!
  // Of more than are counted, the shares of the oldest.
  const scale = Math.max(1, deferred + parked < counted ? 1 : estimate / counted)
  return { ...ages, deferred: Math.round(deferred * scale), parked: Math.round(parked * scale) }
}

/** How many events wait in the outbox, and how many were set aside. */
export const readOutboxCounts = async (pool: pg.Pool, schema: ServiceSchema) => {
  const outbox = `'${schema}.outbox'::regclass`
  const first = (table: string) =>
    `(SELECT count(*)::int FROM (SELECT FROM ${schema}.${table} LIMIT ${counted}) AS first)`
  // Deleted rows that vacuum has not removed yet would be read too, however many they are.
  const { rows } = await pool.query<{ waiting: number; rejected: number }>(
    `SELECT CASE WHEN pg_stat_get_live_tuples(${outbox}) + pg_stat_get_dead_tuples(${outbox}) > ${counted}
              THEN pg_stat_get_live_tuples(${outbox})::int ELSE ${first('outbox')} END AS waiting,
            ${first('outbox_rejected')} AS rejected`,
  )
  return rows[0]!
}

/** For pages that operators look at. Done events, millions in two weeks, are estimated by Postgres. */
export const readDeliveryState = async (
  pool: pg.Pool,
  schema: ServiceSchema,
  trouble: string | undefined,
): Promise<DeliveryState> => {
  const { waiting_age, held_age, deferred, parked } = await readHeldBack(pool, schema)
  const { waiting, rejected } = await readOutboxCounts(pool, schema)
  const { rows } = await pool.query<{ published: number; size: number }>(
    `SELECT (SELECT count(*)::int FROM ${schema}.outbox_published WHERE published_at > now() - interval '1 minute') AS published,
            (SELECT greatest(reltuples, 0)::int FROM pg_class WHERE oid = '${schema}.inbox'::regclass) AS size`,
  )
  const { published, size } = rows[0]!
  return {
    outbox: { waiting, oldest_age: waiting_age, rejected, published_last_minute: published },
    inbox: { size, deferred, parked, oldest_age: held_age },
    publishing_trouble: trouble ?? null,
  }
}
