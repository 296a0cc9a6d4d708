import type pg from 'pg'
import type { ServiceSchema } from '../services.ts'

/** The state of delivery at one service. Ages are in seconds, null when there is nothing. */
export interface DeliveryState {
  outbox: { waiting: number; oldest_age: number | null; rejected: number; published_last_minute: number }
  /** `size`: about how many rows the inbox has, done ones included. */
  inbox: { size: number; deferred: number; parked: number; oldest_age: number | null }
  /** Why rows wait in the outbox; null while publishing works or another replica publishes. */
  publishing_trouble: string | null
}

interface Counts {
  waiting: number
  waiting_age: number | null
  rejected: number
  published: number
  size: number
  deferred: number
  parked: number
  held_age: number | null
}

/** Pages poll this: done events, millions in two weeks, are not counted but estimated by Postgres. */
export const readDeliveryState = async (
  pool: pg.Pool,
  schema: ServiceSchema,
  trouble: string | undefined,
): Promise<DeliveryState> => {
  const held = `FROM ${schema}.inbox WHERE state IN ('deferred', 'parked')`
  const { rows } = await pool.query<Counts>(
    `SELECT (SELECT count(*)::int FROM ${schema}.outbox) AS waiting,
            (SELECT extract(epoch FROM now() - created_at)::float FROM ${schema}.outbox ORDER BY id LIMIT 1) AS waiting_age,
            (SELECT count(*)::int FROM ${schema}.outbox_rejected) AS rejected,
            (SELECT count(*)::int FROM ${schema}.outbox_published WHERE published_at > now() - interval '1 minute') AS published,
            (SELECT greatest(reltuples, 0)::int FROM pg_class WHERE oid = '${schema}.inbox'::regclass) AS size,
            (SELECT extract(epoch FROM now() - min(received_at))::float ${held}) AS held_age,
            counts.*
     FROM (SELECT count(*) FILTER (WHERE state = 'deferred')::int AS deferred,
                  count(*) FILTER (WHERE state = 'parked')::int AS parked ${held}) AS counts`,
  )
  const { waiting, waiting_age, rejected, published, size, deferred, parked, held_age } = rows[0]!
  return {
    outbox: { waiting, oldest_age: waiting_age, rejected, published_last_minute: published },
    inbox: { size, deferred, parked, oldest_age: held_age },
    publishing_trouble: trouble ?? null,
  }
}
