import type { Topic } from '@taskflow/event-contracts'
import type pg from 'pg'
import type { ServiceSchema } from '../services.ts'

/** A paused subscription: its events stay in Kafka. */
export interface Pause {
  topic: Topic
  paused_by: 'operator' | 'service'
  /** ISO 8601. */
  paused_at: string
  reason: string
}

/** Which subscriptions are paused, for all replicas: in the database. */
export interface Pauses {
  /** Reads them at most once a second; the last known ones while the database is away. */
  list(): Promise<Pause[]>
  /** Whether an operator has resumed the subscription for now: the service then does not pause it by itself. */
  mustRun(topic: Topic): boolean
  /** False when it is not paused: an operator wants it to run. */
  pause(topic: Topic, by: Pause['paused_by'], reason: string): Promise<boolean>
  /** Ends a pause that the service made. */
  end(topic: Topic): Promise<void>
  /** Ends any pause; the service does not pause it by itself for these minutes. */
  resume(topic: Topic, minutes: number): Promise<void>
}

/** How long a reading is valid, in ms. */
const validFor = 1_000

export const createPauses = (pool: pg.Pool, schema: ServiceSchema): Pauses => {
  let known: (Omit<Pause, 'paused_by'> & { paused_by: Pause['paused_by'] | null; must_run: boolean })[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  const read = async () => {
    const { rows } = await pool.query(
      `SELECT topic, paused_by, to_char(paused_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS paused_at, reason,
              coalesce(runs_until > now(), false) AS must_run
       FROM ${schema}.paused_subscriptions`,
    )
    known = rows
  }
  const refresh = async () => {
    if (performance.now() - readAt < validFor) return
    reading ??= read()
      .catch(() => {})
      .finally(() => {
        readAt = performance.now()
        reading = undefined
      })
    await reading
  }
  const write = async (text: string, values: unknown[]) => {
    const { rowCount } = await pool.query(text, values)
    readAt = Number.NEGATIVE_INFINITY
    await refresh()
    return rowCount === 1
  }
  return {
    list: async () => {
      await refresh()
      return known.flatMap(({ paused_by, must_run: _, ...pause }) => (paused_by ? [{ ...pause, paused_by }] : []))
    },
    mustRun: (topic) => known.some((each) => each.topic === topic && each.must_run),
    pause: (topic, by, reason) =>
      write(
        `INSERT INTO ${schema}.paused_subscriptions AS p (topic, paused_by, reason) VALUES ($1, $2, $3)
         ON CONFLICT (topic) DO UPDATE SET paused_by = $2, reason = $3, runs_until = NULL,
           paused_at = CASE WHEN p.paused_by IS NULL THEN now() ELSE p.paused_at END
         WHERE $2 = 'operator' OR (p.paused_by IS DISTINCT FROM 'operator' AND (p.runs_until IS NULL OR p.runs_until < now()))`,
        [topic, by, reason.slice(0, 1_000)],
      ),
    end: async (topic) => {
      await write(`DELETE FROM ${schema}.paused_subscriptions WHERE topic = $1 AND paused_by = 'service'`, [topic])
    },
    resume: async (topic, minutes) => {
      await write(
        `INSERT INTO ${schema}.paused_subscriptions (topic, reason, runs_until)
         VALUES ($1, 'resumed by an operator', now() + make_interval(mins => $2))
         ON CONFLICT (topic) DO UPDATE SET paused_by = NULL, paused_at = now(), reason = excluded.reason, runs_until = excluded.runs_until`,
        [topic, minutes],
      )
    },
  }
}
