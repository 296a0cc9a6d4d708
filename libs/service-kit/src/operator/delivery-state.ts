import type pg from 'pg'
import type { ServiceSchema } from '../services.ts'

/** How delivery stands at one service. Ages are in seconds. */
export interface DeliveryState {
  outbox: { waiting: number; oldest_age: number | null; rejected: number; published_last_hour: number }
  inbox: { done: number; deferred: number; parked: number; discarded: number }
  /** Why rows wait in the outbox; null while publishing works or another replica publishes. */
  publishing_trouble: string | null
}

/** Counts of done events are those of the last 15 days: older ones are pruned. */
export const readDeliveryState = async (
  pool: pg.Pool,
  schema: ServiceSchema,
  trouble: string | undefined,
): Promise<DeliveryState> => {
  const { rows } = await pool.query<{
    waiting: number
    oldest_age: number | null
    rejected: number
    published: number
  }>(
    `SELECT (SELECT count(*)::int FROM ${schema}.outbox) AS waiting,
            (SELECT extract(epoch FROM now() - min(created_at))::float FROM ${schema}.outbox) AS oldest_age,
            (SELECT count(*)::int FROM ${schema}.outbox_rejected) AS rejected,
            (SELECT count(*)::int FROM ${schema}.outbox_published WHERE published_at > now() - interval '1 hour') AS published`,
  )
  const states = await pool.query<{ state: keyof DeliveryState['inbox']; count: number }>(
    `SELECT state, count(*)::int AS count FROM ${schema}.inbox GROUP BY state`,
  )
  const { waiting, oldest_age, rejected, published } = rows[0]!
  return {
    outbox: { waiting, oldest_age, rejected, published_last_hour: published },
    inbox: {
      ...{ done: 0, deferred: 0, parked: 0, discarded: 0 },
      ...Object.fromEntries(states.rows.map((row) => [row.state, row.count])),
    },
    publishing_trouble: trouble ?? null,
  }
}
